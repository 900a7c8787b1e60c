package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A configuration file with one route, {@code it}, and the known_hosts file that goes with it. */
final class RouteFile {
  private final Path folder;
  private final List<String> hops = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private final StringBuilder knownHosts = new StringBuilder();

  RouteFile(Path folder) {
    this.folder = folder;
  }

  /** Adds a hop to a real server with this auth plan, in HOCON. */
  RouteFile hop(RealSshd server, String user, String auth) {
    knownHosts.append(server.knownHostsLine("127.0.0.1"));
    return hop("127.0.0.1", server.port(), user, auth);
  }

  /** Adds a hop to a real server that is reached by this transport, in HOCON. */
  RouteFile hop(RealSshd server, String user, String auth, String transport) {
    knownHosts.append(server.knownHostsLine("127.0.0.1"));
    hops.add(
        "{ host = \"127.0.0.1\", port = %d, user = \"%s\", auth = %s, transport = %s }"
            .formatted(server.port(), user, auth, transport));
    return this;
  }

  RouteFile hop(String host, int port, String user, String auth) {
    hops.add(
        "{ host = \"%s\", port = %d, user = \"%s\", auth = %s }".formatted(host, port, user, auth));
    return this;
  }

  RouteFile knownHosts(String line) {
    knownHosts.append(line);
    return this;
  }

  RouteFile set(String line) {
    settings.add(line);
    return this;
  }

  Path knownHostsFile() {
    return folder.resolve("known_hosts");
  }

  Path write() {
    String text =
        """
        postern {
          defaults { known-hosts = ["%s"] }
          routes.it {
            %s
            hops = [
              %s
            ]
          }
        }
        """
            .formatted(
                knownHostsFile(), String.join("\n    ", settings), String.join("\n      ", hops));
    try {
      Path file = folder.resolve("postern.conf");
      Files.writeString(knownHostsFile(), knownHosts);
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

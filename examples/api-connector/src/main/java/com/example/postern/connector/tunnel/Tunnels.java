package com.example.postern.connector.tunnel;

import com.example.postern.connector.config.ConnectorConfig.Target;
import com.example.postern.connector.config.SshServer;
import dev.postern.Postern;
import dev.postern.problem.ConfigException;
import dev.postern.route.Explanation.Setting;
import dev.postern.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes tunnels; nothing is opened yet. */
public final class Tunnels {
  private Tunnels() {}

  /**
   * Through the server of a configuration file.
   *
   * @param directory where a host key that is given as text is written for the engine, and where
   *     new ones are remembered if the configuration names no file
   */
  public static Tunnel to(SshServer server, Target target, Path directory) throws IOException {
    Optional<Path> knownHosts = knownHosts(server, directory);
    Route route =
        Route.named("configuration")
            .origin("configuration file")
            // A link that is silent for ten seconds is lost: so long a request waits too.
            .set("keepalive", Map.of("interval", "5s", "count", 2))
            .hop(
                server.user(),
                server.host(),
                hop -> {
                  hop.port(server.port());
                  knownHosts.ifPresent(
                      file -> hop.set("known-hosts", List.of(file.toAbsolutePath().toString())));
                  hop.set("strict-host-keys", server.acceptNew() ? "accept-new" : "yes");
                  server.privateKey().ifPresent(key -> hop.auth("publickey", key(server)));
                  server
                      .password()
                      .ifPresent(password -> hop.auth("password", Map.of("password", password)));
                })
            .build();
    return new Tunnel(
        Postern.builder().build(), postern -> postern.open(route), target, server.localPort());
  }

  /**
   * Through a route of a Postern configuration. Its forwards are not opened: where the connections
   * go is read from the first of them, unless it is said.
   *
   * @throws ConfigException if the configuration does not hold, or has no such route
   * @throws IllegalArgumentException if nobody says where the API is
   */
  public static Tunnel by(Path configuration, String route, Optional<Target> target) {
    Postern postern = Postern.builder().configuration(configuration).withoutForwards().build();
    try {
      Target goal = target.or(() -> firstForward(postern, route)).orElseThrow(() -> nowhere(route));
      return new Tunnel(postern, opened -> opened.open(route), goal, OptionalInt.empty());
    } catch (RuntimeException e) {
      postern.close();
      throw e;
    }
  }

  private static Map<String, Object> key(SshServer server) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("keys", List.of(server.privateKey().orElseThrow()));
    // The key of the configuration and no other: neither the agent's nor those in ~/.ssh.
    settings.put("agent", false);
    server.passphrase().ifPresent(secret -> settings.put("passphrase", secret));
    return settings;
  }

  private static Optional<Path> knownHosts(SshServer server, Path directory) throws IOException {
    if (server.hostKey().isEmpty()) {
      return server.knownHosts();
    }
    String host =
        server.port() == 22 ? server.host() : "[%s]:%d".formatted(server.host(), server.port());
    Files.createDirectories(directory);
    return Optional.of(
        Files.writeString(
            directory.resolve("known_hosts"),
            "%s %s\n".formatted(host, server.hostKey().orElseThrow())));
  }

  private static Optional<Target> firstForward(Postern postern, String route) {
    return postern.explain(route).settings().stream()
        .filter(setting -> setting.path().equals("forwards[0].remote"))
        .map(Setting::value)
        .filter(remote -> remote.matches("(?s)[^/].*:[0-9]+"))
        .map(Tunnels::target)
        .findFirst();
  }

  private static Target target(String remote) {
    int colon = remote.lastIndexOf(':');
    String host = remote.substring(0, colon).replaceAll("^\\[|]$", "");
    return new Target(host, Integer.parseInt(remote.substring(colon + 1)));
  }

  private static IllegalArgumentException nowhere(String route) {
    return new IllegalArgumentException(
        "the route '%s' has no forward that says where the API is: name its \"remote_port\" in the configuration"
            .formatted(route));
  }
}

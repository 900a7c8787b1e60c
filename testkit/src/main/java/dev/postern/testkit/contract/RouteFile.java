package dev.postern.testkit.contract;

import dev.postern.Postern;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.testkit.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration with one route to servers of a test, and the engine that opens it. */
final class RouteFile {
  private final Path folder;
  private final List<String> hops = new ArrayList<>();

  RouteFile(Path folder, EmbeddedServer... servers) throws IOException {
    this.folder = folder;
    StringBuilder known = new StringBuilder();
    for (EmbeddedServer server : servers) {
      known.append(server.knownHostsLine()).append('\n');
    }
    Files.writeString(folder.resolve("contract-known-hosts"), known);
  }

  RouteFile hop(Endpoint endpoint, String more) {
    hops.add(
        "{ host = \"%s\", port = %d, user = alice\n%s }"
            .formatted(endpoint.host(), endpoint.port(), more));
    return this;
  }

  /** Opens it, and keeps the engine open as long as the circuit. */
  Opened open(Person person, Map<String, String> environment, Time time)
      throws IOException, CircuitException, InterruptedException {
    Postern postern = postern(person, environment, time);
    try {
      return new Opened(postern, postern.open("contract"));
    } catch (CircuitException | RuntimeException | InterruptedException e) {
      postern.close();
      throw e;
    }
  }

  Postern postern(Person person, Map<String, String> environment, Time time) throws IOException {
    Path file = folder.resolve("contract-route.conf");
    Files.writeString(
        file,
        """
        postern {
          defaults { known-hosts = ["%s"], connect-timeout = 20s, auth-timeout = 20s }
          routes.contract.hops = [ %s ]
        }
        """
            .formatted(folder.resolve("contract-known-hosts"), String.join("\n", hops)));
    return Postern.builder()
        .configuration(file)
        .person(person)
        .environment(environment)
        .time(time)
        .home(folder)
        .build();
  }

  /** A circuit and its engine. */
  record Opened(Postern postern, Circuit circuit) implements AutoCloseable {
    @Override
    public void close() {
      circuit.close();
      postern.close();
    }
  }
}

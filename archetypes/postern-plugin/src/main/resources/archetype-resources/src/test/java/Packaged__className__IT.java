package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.testkit.contract.PackagedPlugin;
import dev.postern.testkit.contract.PackagedPluginContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip as it is installed, loaded as postern loads it, against a scripted server. */
final class Packaged${className}IT extends PackagedPluginContract {
  @TempDir private Path folder;

  @Test
  void theRightWordLetsUsIn() throws Exception {
    try (EmbeddedServer server = server();
        PackagedPlugin plugin = plugin();
        Postern postern = postern(plugin, server, "mellon");
        Circuit circuit = postern.open("door")) {
      assertThat(circuit.trail().toString()).contains("${type}");
      assertThat(server.attempts()).hasSize(1);
    }
  }

  @Test
  void aWrongOneDoesNot() throws Exception {
    try (EmbeddedServer server = server();
        PackagedPlugin plugin = plugin();
        Postern postern = postern(plugin, server, "friend")) {
      assertThatThrownBy(() -> postern.open("door")).isInstanceOf(CircuitException.class);
    }
  }

  private static EmbeddedServer server() throws IOException {
    return EmbeddedServer.builder("alice")
        .conversation(ServerRound.of(Ask.hidden("Word of the day: ", "mellon")))
        .start();
  }

  private Postern postern(PackagedPlugin plugin, EmbeddedServer server, String word)
      throws IOException {
    Path known = Files.writeString(folder.resolve("known_hosts"), server.knownHostsLine() + "\n");
    Path file =
        Files.writeString(
            folder.resolve("postern.conf"),
            """
            postern {
              defaults { known-hosts = ["%s"] }
              routes.door.hops = [
                { host = 127.0.0.1, port = %d, user = alice, auth = [ { type = ${type}, word = %s } ] }
              ]
            }
            """
                .formatted(known, server.port(), word));
    return plugin.postern().configuration(file).build();
  }
}

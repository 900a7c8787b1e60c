package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Another server than OpenSSH's: Dropbear, as it runs on routers. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class DropbearTest {
  private final Account account = Account.create();
  @TempDir private Path folder;

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @Test
  void keysPasswordsAndHopsThroughDropbear() throws Exception {
    Path key = account.authorizeNewKey(folder);
    Path hostKey = folder.resolve("dropbear_key");
    String shown = Commands.run("dropbearkey", "-t", "ed25519", "-f", hostKey.toString());
    String publicKey =
        shown.lines().filter(line -> line.startsWith("ssh-ed25519 ")).findFirst().orElseThrow();
    int port = freePort();
    Process dropbear =
        new ProcessBuilder(
                "dropbear",
                "-F",
                "-E",
                "-r",
                hostKey.toString(),
                "-p",
                "127.0.0.1:" + port,
                "-P",
                folder.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dropbear.log").toFile())
            .start();
    try (RealSshd inner = RealSshd.in(folder).start()) {
      Awaitility.await("dropbear").atMost(Duration.ofSeconds(20)).until(() -> answers(port));
      String[] words = publicKey.split(" ");
      Path file =
          new RouteFile(folder)
              .hop(
                  "127.0.0.1",
                  port,
                  account.name(),
                  "[ { type = password, password = \"%s\" } ]".formatted(account.password()))
              .hop(
                  inner,
                  account.name(),
                  "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key))
              .hop(
                  "127.0.0.1",
                  port,
                  account.name(),
                  "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key))
              .knownHosts("[127.0.0.1]:" + port + " " + words[0] + " " + words[1] + "\n")
              .write();
      try (Postern postern = Postern.load(file);
          Circuit circuit = postern.open("it")) {
        assertThat(RemoteCommand.run(circuit, "id -un; exit 7"))
            .isEqualTo(new RemoteCommand(7, account.name() + "\n", ""));
      }
    } finally {
      dropbear.descendants().forEach(ProcessHandle::destroyForcibly);
      dropbear.destroyForcibly();
      dropbear.waitFor();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

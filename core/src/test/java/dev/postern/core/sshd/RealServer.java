package dev.postern.core.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.awaitility.Awaitility;

/**
 * The OpenSSH server of this machine, with an ed25519 host key and no other, for the user that runs
 * the tests.
 */
final class RealServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Process process;
  private final int port;
  private final KeyPair identity;

  private RealServer(Process process, int port, KeyPair identity) {
    this.process = process;
    this.port = port;
    this.identity = identity;
  }

  /** The same, for what wants a terminal, whose owner only root can change. */
  static RealServer startWithTerminals(Path directory) throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"),
        "an sshd that is not root's cannot give terminals");
    return start(directory);
  }

  /** Starts it with more lines for its configuration; skips the test where it cannot run. */
  static RealServer start(Path directory, String... lines) throws Exception {
    assumeTrue(Files.isExecutable(SSHD), "OpenSSH's sshd is not installed");
    assumeTrue(
        !System.getProperty("user.name").equals("root") || Files.isDirectory(Path.of("/run/sshd")),
        "/run/sshd is missing, which sshd wants when root starts it");
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    KeyPair identity = keys.generateKeyPair();
    Path hostKey = directory.resolve("host_key");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString());
    Path authorized = directory.resolve("authorized_keys");
    Files.writeString(authorized, PublicKeyEntry.toString(identity.getPublic()) + "\n");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = directory.resolve("sshd_config");
    Files.writeString(
        config,
        String.join(
            "\n",
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + hostKey,
            "AuthorizedKeysFile " + authorized,
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "PidFile none",
            String.join("\n", lines),
            ""));
    Process process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sshd.log").toFile())
            .start();
    RealServer server = new RealServer(process, port, identity);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !process.isAlive() || server.answers());
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(directory.resolve("sshd.log"), UTF_8));
    }
    return server;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    if (process.waitFor() != 0) {
      throw new AssertionError(new String(process.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  KeyPair identity() {
    return identity;
  }

  ChannelRig connect() throws Exception {
    return ChannelRig.to(
        port, System.getProperty("user.name"), KeyIdentityProvider.wrapKeyPairs(identity));
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.waitFor(5, TimeUnit.SECONDS);
  }
}

package dev.postern.benchmarks.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's server on loopback, with its defaults but for keys and limits. */
final class Sshd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Process process;
  private final int port;
  private final Path folder;

  private Sshd(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /**
   * Starts one.
   *
   * @param addresses loopback addresses, at most 16
   * @param authorized public keys that are let in
   */
  static Sshd start(Path folder, List<String> addresses, Path authorized)
      throws IOException, InterruptedException {
    Files.createDirectory(folder);
    makeKey(folder.resolve("host_key"));
    int port = freePort();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "HostKey " + folder.resolve("host_key"),
                "AuthorizedKeysFile " + authorized,
                "AuthenticationMethods publickey",
                "PermitRootLogin prohibit-password",
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PrintMotd no",
                "PrintLastLog no",
                // What the user's shell would run at each start is not what is measured.
                "SetEnv HOME=" + folder,
                "MaxStartups 2000",
                "MaxSessions 2000"));
    addresses.forEach(address -> lines.add("ListenAddress " + address));
    Path configuration = Files.write(folder.resolve("sshd_config"), lines);
    if (Files.isWritable(PRIVILEGE_SEPARATION.getParent())) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    String program = Programs.find("sshd").orElseThrow(() -> new IOException("no sshd")).toString();
    Process process =
        new ProcessBuilder(program, "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Sshd server = new Sshd(process, port, folder);
    server.awaitAnswer();
    return server;
  }

  static void makeKey(Path file) throws IOException, InterruptedException {
    Programs.output(
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file.toString()));
  }

  int port() {
    return port;
  }

  /** Its public key, without a comment. */
  String key() throws IOException {
    return Files.readString(folder.resolve("host_key.pub")).strip();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException("sshd does not serve: " + Files.readString(folder.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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

  @Override
  public void close() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}

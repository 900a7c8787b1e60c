package dev.postern.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real OpenSSH server on loopback that lets root in with one key. */
final class Sshd implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path folder;

  private Sshd(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  static Sshd start(Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("sshd"));
    for (String key : List.of("host", "id")) {
      new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
          .directory(folder.toFile())
          .inheritIO()
          .start()
          .waitFor();
    }
    int port = freePort();
    Files.createDirectories(Path.of("/run/sshd"));
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %1$d
        ListenAddress 127.0.0.1
        HostKey %2$s/host
        AuthorizedKeysFile %2$s/id.pub
        AuthenticationMethods publickey
        PermitRootLogin prohibit-password
        PidFile none
        StrictModes no
        UsePAM no
        UseDNS no
        """
            .formatted(port, folder));
    Process process =
        new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", folder + "/sshd_config")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Sshd server = new Sshd(process, port, folder);
    Awaitility.await("sshd").atMost(Duration.ofSeconds(20)).until(server::answers);
    return server;
  }

  int port() {
    return port;
  }

  Path key() {
    return folder.resolve("id");
  }

  /** The file that makes it known. */
  Path knownHosts() throws IOException {
    String key = Files.readString(folder.resolve("host.pub"));
    return Files.writeString(
        folder.resolve("known_hosts"), "[127.0.0.1]:%d %s".formatted(port, key));
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
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}

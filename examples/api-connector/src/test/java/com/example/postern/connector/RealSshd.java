package com.example.postern.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** OpenSSH's server on loopback, which lets root in with a key. */
final class RealSshd implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path folder;

  private RealSshd(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  static RealSshd start(Path parent, String passphrase, String... keyOptions) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("sshd"));
    keygen(folder, "host", "", "-t", "ed25519");
    keygen(folder, "id", passphrase, keyOptions);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
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
    RealSshd server = new RealSshd(process, port, folder);
    Awaitility.await("sshd").atMost(Duration.ofSeconds(20)).until(server::answers);
    return server;
  }

  private static void keygen(Path folder, String file, String passphrase, String... options)
      throws Exception {
    List<String> command =
        new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-f", file));
    command.addAll(List.of(options));
    int code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("ssh-keygen ended with " + code);
    }
  }

  int port() {
    return port;
  }

  String privateKey() throws IOException {
    return Files.readString(folder.resolve("id"));
  }

  String hostKey() throws IOException {
    return Files.readString(folder.resolve("host.pub")).strip();
  }

  /** Ends the processes that serve connections; the server goes on. */
  void killSessions() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    killSessions();
    process.destroyForcibly().onExit().join();
  }
}

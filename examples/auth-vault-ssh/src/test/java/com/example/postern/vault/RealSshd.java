package com.example.postern.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real OpenSSH server on loopback that trusts one authority, and lets its own user in. */
final class RealSshd implements AutoCloseable {
  private static final String REQUIRED = "POSTERN_REQUIRE_REAL_SERVERS";
  private static final Path SERVER = Path.of("/usr/sbin/sshd");
  private static final Path KEYGEN = Path.of("/usr/bin/ssh-keygen");

  private final Process process;
  private final BufferedReader log;
  private final int port;
  private final String hostKeyLine;

  private RealSshd(Process process, BufferedReader log, int port, String hostKeyLine) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.hostKeyLine = hostKeyLine;
  }

  /** Skips the test where there is no server, or fails it where there must be one. */
  static void expectInstalled() {
    List<String> missing = new ArrayList<>();
    for (Path program : List.of(SERVER, KEYGEN)) {
      if (!Files.isExecutable(program)) {
        missing.add(program.toString());
      }
    }
    if (!user().equals("root")) {
      missing.add("root");
    }
    String reason = "a real sshd cannot be started: missing " + String.join(", ", missing);
    if (!missing.isEmpty() && System.getenv(REQUIRED) != null) {
      throw new IllegalStateException(reason + ", and " + REQUIRED + " is set");
    }
    Assumptions.assumeTrue(missing.isEmpty(), reason);
  }

  /** Who can sign in. */
  static String user() {
    return System.getProperty("user.name");
  }

  static RealSshd start(Path folder, String authorityLine) throws Exception {
    Path hostKey = folder.resolve("host_key");
    Process keygen =
        new ProcessBuilder(
                KEYGEN.toString(), "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString())
            .inheritIO()
            .start();
    if (keygen.waitFor() != 0) {
      throw new IllegalStateException("ssh-keygen failed");
    }
    int port = freePort();
    Path configuration = folder.resolve("sshd_config");
    Path authority = Files.writeString(folder.resolve("authority.pub"), authorityLine + "\n");
    Files.write(
        configuration,
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + hostKey,
            "TrustedUserCAKeys " + authority,
            "AuthorizedKeysFile none",
            "AuthenticationMethods publickey",
            "PermitRootLogin prohibit-password",
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "LogLevel VERBOSE"));
    Files.createDirectories(Path.of("/run/sshd"));
    Process process =
        new ProcessBuilder(SERVER.toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader();
    String key = Files.readString(Path.of(hostKey + ".pub")).strip();
    RealSshd server = new RealSshd(process, log, port, key);
    server.expectInLog("Server listening on");
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Reads on until a line has this. */
  String expectInLog(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new IllegalStateException("sshd ended without '" + text + "': " + read);
  }

  int port() {
    return port;
  }

  String knownHostsLine() {
    return "[127.0.0.1]:" + port + " " + hostKeyLine + "\n";
  }

  @Override
  public void close() throws Exception {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}

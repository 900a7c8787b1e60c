package dev.postern.core.sshd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Dropbear or tinysshd, that nobody can sign in at. */
final class OtherServer implements AutoCloseable {
  private static final String DROPBEAR = "/usr/sbin/dropbear";
  private static final String TINYSSHD = "/usr/sbin/tinysshd";
  private static final String SOCAT = "/usr/bin/socat";

  private final Process process;
  private final int port;

  private OtherServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** With keys of these types. */
  static OtherServer dropbear(Path folder, String... types) throws Exception {
    assumeInstalled(DROPBEAR);
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(DROPBEAR, "-F", "-E"));
    for (String type : types) {
      Path key = folder.resolve("dropbear_" + type);
      run("dropbearkey", "-t", type, "-f", key.toString());
      command.addAll(List.of("-r", key.toString()));
    }
    command.addAll(List.of("-p", "127.0.0.1:" + port, "-P", folder.resolve("pid").toString()));
    return start(folder, port, command);
  }

  /** Speaks on standard input and output, so socat listens. */
  static OtherServer tinysshd(Path folder, String... options) throws Exception {
    assumeInstalled(TINYSSHD, SOCAT);
    int port = freePort();
    Path keys = folder.resolve("tinysshd");
    run("tinysshd-makekey", "-q", keys.toString());
    String line = TINYSSHD + " " + String.join(" ", options) + " -v " + keys;
    String listen = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr";
    return start(folder, port, List.of(SOCAT, listen, "EXEC:" + line));
  }

  private static void assumeInstalled(String... programs) {
    boolean installed = Arrays.stream(programs).map(Path::of).allMatch(Files::isExecutable);
    assumeTrue(installed, "not installed: " + String.join(", ", programs));
  }

  private static OtherServer start(Path folder, int port, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    OtherServer server = new OtherServer(process, port);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !process.isAlive() || server.answers());
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("server.log"), UTF_8));
    }
    return server;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      socket.setSoTimeout(5_000);
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor(5, TimeUnit.SECONDS);
  }
}

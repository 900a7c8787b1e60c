package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code postern run} over 200 targets, of which every tenth accepts connections and says nothing,
 * in a process with little memory.
 */
@NeedsRealServers
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
final class FleetStallTest {
  private static final int TARGETS = 200;
  private static final int SILENT = TARGETS / 10;
  private static final int CONNECT_SECONDS = 4;

  /** So many addresses as one sshd can listen on. */
  private static final int ADDRESSES = 16;

  private final Account account = Account.create();
  @TempDir private Path folder;

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @Test
  void theOthersAnswerAndTheRunEndsWithinABound() throws Exception {
    try (RealSshd jump = jump();
        RealSshd far = far();
        Silence silent = new Silence()) {
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      long begun = System.nanoTime();
      Process process = start(file(jump, far, silent), out, err);
      int mostThreads = 0;
      while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
        mostThreads = Math.max(mostThreads, threads(process));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      List<String> complaints = Files.readAllLines(err, UTF_8);
      assertThat(Files.readAllLines(out, UTF_8)).as(complaints::toString).hasSize(TARGETS - SILENT);
      assertThat(complaints)
          .contains("postern: 20 of 200 targets failed:")
          .anyMatch(
              line ->
                  line.endsWith(
                      "93,103,113,123,133,143,153,163,173,183,193] (20): hop 2/2 host-key [PST-T004]"));
      assertThat(process.exitValue()).isEqualTo(255);
      assertThat(mostThreads).isBetween(10, 60);
      assertThat(took)
          .as("all of them were waited for at the same time")
          .isLessThan(Duration.ofSeconds(CONNECT_SECONDS + 30));
    }
  }

  @Test
  void anInterruptEndsItWithinASecondInTheMiddle() throws Exception {
    try (RealSshd jump = jump();
        RealSshd far = far();
        Silence silent = new Silence()) {
      Path out = folder.resolve("some");
      Process process = start(file(jump, far, silent), out, folder.resolve("end"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readAllLines(out, UTF_8).size() > 30);
      long begun = System.nanoTime();
      Commands.run("kill", "-INT", Long.toString(process.pid()));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      // A busy machine is slow to end a process.
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(Files.readAllLines(out, UTF_8)).hasSizeLessThan(TARGETS - SILENT);
    }
  }

  private RealSshd jump() {
    return RealSshd.in(folder).option("MaxSessions", "100").start();
  }

  private RealSshd far() {
    RealSshd.Builder far = RealSshd.in(folder).option("MaxStartups", "200");
    for (int i = 1; i < ADDRESSES; i++) {
      far.option("ListenAddress", address(i));
    }
    return far.start();
  }

  private static String address(int index) {
    return "127.0.0." + (1 + index % ADDRESSES);
  }

  /** Servers that say nothing: the system accepts for them. More than one, for there is a limit. */
  private static final class Silence implements AutoCloseable {
    private static final int SERVERS = 4;
    private final List<ServerSocket> servers = new ArrayList<>();

    Silence() throws IOException {
      for (int i = 0; i < SERVERS; i++) {
        servers.add(new ServerSocket(0, TARGETS, InetAddress.getByName("127.0.0.1")));
      }
    }

    int port(int index) {
      return servers.get(index / 10 % SERVERS).getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (ServerSocket server : servers) {
        server.close();
      }
    }
  }

  private Process start(Path file, Path out, Path err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                PosternCommand.LAUNCHER.toString(),
                "run",
                "-F",
                file.toString(),
                "-t",
                Integer.toString(CONNECT_SECONDS),
                "-g",
                "all",
                "--",
                "echo x; sleep 0.1")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("POSTERN_JAVA_OPTS", "-Xmx128m");
    return builder.start();
  }

  private static int threads(Process process) {
    try (var status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return status
          .filter(line -> line.startsWith("Threads:"))
          .mapToInt(line -> Integer.parseInt(line.substring("Threads:".length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException e) {
      // It ended just now.
      return 0;
    }
  }

  private Path file(RealSshd jump, RealSshd far, Silence silent) throws IOException {
    Path known = folder.resolve("known_hosts");
    StringBuilder lines = new StringBuilder(jump.knownHostsLine("127.0.0.1"));
    for (int i = 0; i < ADDRESSES; i++) {
      lines.append(far.knownHostsLine(address(i)));
    }
    Files.writeString(known, lines);
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      boolean says = i % 10 != 3;
      targets.add(
          "{ name = t%d, host = \"%s\", port = %d }"
              .formatted(i, says ? address(i) : "127.0.0.1", says ? far.port() : silent.port(i)));
    }
    return Files.writeString(
        folder.resolve("fleet.conf"),
        """
        postern {
          defaults { known-hosts = ["%s"], user = %s }
          routes.jump.hops = [ { host = 127.0.0.1, port = %d, auth = ${key} } ]
          groups.all { via = jump, auth = ${key}, targets = [ %s ] }
        }
        key = [ { type = publickey, identities = ["%s"], agent = false } ]
        """
            .formatted(
                known,
                account.name(),
                jump.port(),
                String.join(", ", targets),
                account.authorizeNewKey(folder)));
  }
}

package dev.postern.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the password of a {@code postern forward} can be seen while it runs: nowhere. */
@NeedsRealServers
@Timeout(120)
final class SecretsOfForwardTest {
  @TempDir private Path folder;

  @Test
  void noProcessShowsThePasswordWhileItIsFetchedAndUsedTwice() throws Exception {
    try (Account account = Account.create();
        EchoService echo = EchoService.onTcp();
        RealSshd server =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD)
                .option("AuthenticationMethods", "password")
                .start();
        Watch watch = new Watch(List.of(account.password(), "a-mark-of-this-test", "forward"))) {
      Path secret = Files.writeString(folder.resolve("secret"), account.password() + "\n");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      // It takes its time, so that it can be looked at.
      new RouteFile(folder)
          .hop(
              server,
              account.name(),
              "[ { type = password, password = { command = [sh, \"-c\", \"cat %s; sleep 0.5\"] } } ]"
                  .formatted(secret))
          .set("forwards = [ { local = \"0\", remote = \"%s\" } ]".formatted(echo.address()))
          .set("reconnect { delay = 200ms, gate-time = 0s }")
          .write();
      Process forward = start();
      try {
        await().atMost(Duration.ofSeconds(60)).until(() -> said().contains("\"ok\":true"));
        server.killSessions();
        await().atMost(Duration.ofSeconds(30)).until(() -> said().contains("\"event\":\"up\""));
      } finally {
        forward.destroy();
        assertThat(forward.waitFor(20, SECONDS)).isTrue();
      }
      assertThat(watch.seen).as("what it looks for and finds").contains("a-mark-of-this-test");
      assertThat(watch.seen).contains("forward").doesNotContain(account.password());
      assertThat(said()).doesNotContain(account.password());
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(PosternCommand.LAUNCHER.toString(), "forward", "-v", "--json", "it")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("MARK", "a-mark-of-this-test");
    return builder.start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said"), UTF_8);
  }

  /** Looks again and again at the arguments and the environment of every process. */
  private static final class Watch implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<String> wanted;
    private final Thread looking = new Thread(this::look, "watch");
    private volatile boolean over;

    Watch(List<String> wanted) {
      this.wanted = wanted;
      looking.start();
    }

    private void look() {
      while (!over) {
        try (DirectoryStream<Path> processes =
            Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
          for (Path process : processes) {
            look(process.resolve("cmdline"));
            look(process.resolve("environ"));
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private void look(Path file) {
      try {
        String text = Files.readString(file, ISO_8859_1);
        wanted.stream().filter(text::contains).forEach(seen::add);
      } catch (IOException e) {
        // The process has ended.
      }
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      looking.join();
    }
  }
}

package dev.postern.core.secret;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CommandSecretTest {
  @TempDir private Path folder;

  private static Secret command(Duration timeout, String... argv) {
    return new CommandSecretProvider()
        .create(
            new CommandSecretProvider.Config(List.of(argv), timeout),
            new FakeContext(Optional.empty()));
  }

  private static Secret shell(String script) {
    return command(Duration.ofSeconds(20), "sh", "-c", script);
  }

  @Test
  void whatItPrintsIsTheSecret() throws Exception {
    assertThat(Reading.text(shell("echo hunter2"))).isEqualTo("hunter2");
    assertThat(Reading.text(shell("printf 'hunter2\\n\\n'"))).isEqualTo("hunter2\n");
  }

  @Test
  void thereIsNoShell() throws Exception {
    assertThat(Reading.text(command(Duration.ofSeconds(20), "echo", "$HOME; exit 1")))
        .isEqualTo("$HOME; exit 1");
  }

  @Test
  void itsInputIsEmptyAndItsErrorsAreDropped() throws Exception {
    assertThat(Reading.text(shell("cat; echo noise >&2; echo hunter2"))).isEqualTo("hunter2");
  }

  @Test
  void aFailureNamesTheProgramAndTheCodeAndNothingElse() {
    assertThat(Reading.failure(shell("echo hunter2; echo hunter2 >&2; exit 3")))
        .hasMessage("the command 'sh' failed with exit code 3");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThat(Reading.failure(command(Duration.ofSeconds(20), "/no/such", "hunter2")))
        .hasMessage("the command '/no/such' cannot be started; is it installed and on the PATH?");
  }

  @Test
  void silenceIsNoSecret() {
    assertThat(Reading.failure(shell(":"))).hasMessage("the command 'sh' gives an empty secret");
  }

  @Test
  void anEndlessOutputIsCutOff() {
    assertThat(Reading.failure(shell("exec yes")))
        .hasMessage("the command 'sh' gives more than 64 KiB, which is no secret");
  }

  @Test
  void aSlowProgramIsKilledWithItsChildren() throws Exception {
    Path pids = folder.resolve("pids");
    Secret secret =
        command(
            Duration.ofMillis(1500),
            "sh",
            "-c",
            "sleep 600 & echo $! > '" + pids + "'; echo hunter2; wait");
    assertThat(Reading.failure(secret))
        .hasMessage("the command 'sh' did not finish within 1.5s and was killed");
    long child = Long.parseLong(Files.readString(pids).strip());
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aProgramThatClosesItsOutputAndStaysIsKilledToo() {
    assertThat(
            Reading.failure(
                command(
                    Duration.ofSeconds(1), "sh", "-c", "echo hunter2; exec >&- 2>&-; sleep 600")))
        .hasMessage("the command 'sh' did not finish within 1s and was killed");
  }

  @Test
  void anInterruptKillsIt() throws Exception {
    Path pid = folder.resolve("pid");
    Secret secret = shell("echo $$ > '" + pid + "'; exec sleep 600");
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              SecretException failure = Reading.failure(secret);
              outcome.complete(failure.getMessage() + " " + Thread.currentThread().isInterrupted());
            });
    reader.start();
    await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
    reader.interrupt();
    assertThat(outcome.get(10, SECONDS))
        .isEqualTo("the command 'sh' was killed: nobody waits for it true");
    long process = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void noThreadStaysBehind() throws Exception {
    Reading.text(shell("echo hunter2"));
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("postern-secret-command")));
  }

  @Test
  void itPrintsAsStars() {
    assertThat(command(Duration.ofSeconds(1), "pass", "hunter2")).hasToString("*** (command pass)");
  }

  @Test
  void theSettingsAreChecked() {
    assertThatThrownBy(() -> command(Duration.ofSeconds(1)))
        .hasMessage("command: the program is not named");
    assertThatThrownBy(() -> command(Duration.ZERO, "pass"))
        .hasMessage("timeout: must be longer than nothing");
  }
}

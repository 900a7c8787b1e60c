package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code forward --run}: real commands of this machine, beside forwards that are not. */
final class ForwardRunTest {
  private final Rig rig = new Rig();
  @TempDir private Path folder;
  private Path said;

  @BeforeEach
  void findPrograms() {
    said = folder.resolve("said");
    rig.directory = folder;
    rig.environment.put("PATH", System.getenv("PATH"));
  }

  /** A line of the shell, whose standard output would be the test's. */
  private String saying(String line) {
    return "{ %s; } >%s 2>&1".formatted(line, said);
  }

  private CompletableFuture<Integer> start(String line) {
    return CompletableFuture.supplyAsync(
        () -> rig.run("forward", "-L", "8080:web:80", "db", "--run", "sh", "-c", line));
  }

  private static CircuitException lost() {
    return new CircuitException(
        Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null);
  }

  @Test
  void theExitCodeIsTheCommandsAndNothingIsSaid() {
    assertThat(rig.run("forward", "-L", "8080:web:80", "db", "--run", "sh", "-c", "exit 7"))
        .isEqualTo(7);
    assertThat(rig.error()).isEmpty();
    assertThat(rig.output()).isEmpty();
    assertThat(rig.circuit.closedByUs).isTrue();
    assertThat(rig.withForwards).containsExactly(true);
  }

  @Test
  void aCommandThatASignalEndsHasTheExitCodeThatAShellGives() {
    assertThat(start("kill -KILL $$").join()).isEqualTo(137);
  }

  @Test
  void allThatFollowsIsTheCommands() throws Exception {
    String line = saying("echo \"$0 $*\"");
    assertThat(
            rig.run(
                "forward", "-N", "db", "--run", "--", "sh", "-c", line, "-L", "--", "--json", "-q"))
        .isZero();
    assertThat(said).hasContent("-L -- --json -q");
  }

  @Test
  void theEnvironmentHasTheForwardsInTheOrderOfTheRouteThenTheLetters() throws Exception {
    rig.circuit.listens("127.0.0.1:0", "localhost:5432", 41234);
    assertThat(
            rig.run(
                "forward",
                "-D",
                "*:1080",
                "-L",
                "[::1]:9090:web:80",
                "-L",
                "./here.sock:web:80",
                "-R",
                "9191:web:80",
                "db",
                "--run",
                "sh",
                "-c",
                saying("env | grep -E '^POSTERN_(HOST|PORT|SOCKET)' | sort")))
        .isZero();
    assertThat(said)
        .hasContent(
            """
            POSTERN_HOST=127.0.0.1
            POSTERN_HOST_1=127.0.0.1
            POSTERN_HOST_2=::1
            POSTERN_HOST_4=localhost
            POSTERN_HOST_5=127.0.0.1
            POSTERN_PORT=41234
            POSTERN_PORT_1=41234
            POSTERN_PORT_2=9090
            POSTERN_PORT_4=9191
            POSTERN_PORT_5=1080
            POSTERN_SOCKET=%s
            POSTERN_SOCKET_3=%s
            """
                .formatted(folder.resolve("here.sock"), folder.resolve("here.sock")));
  }

  @Test
  void theCommandIsNotStartedBeforeTheTunnelIsUp() {
    rig.failure = lost();
    assertThat(start("touch " + said).join()).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: hop 1/1 app@db.internal channel: lost [PST-T009]\n");
    assertThat(said).doesNotExist();
  }

  @Test
  void aTunnelThatFailedAlreadyStartsNothing() {
    rig.circuit.closed.complete(Optional.of(lost()));
    assertThat(start("touch " + said).join()).isEqualTo(255);
    assertThat(said).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--no-reconnect"})
  void aTunnelThatFailsMeanwhileIsReportedAndTheCommandEndsByItself(String option)
      throws Exception {
    String line = "echo up >%s; while [ ! -e %s ]; do sleep 0.05; done".formatted(said, go());
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () ->
                option.isEmpty()
                    ? rig.run("forward", "-N", "db", "--run", "sh", "-c", line)
                    : rig.run("forward", "-N", option, "db", "--run", "sh", "-c", line));
    await().until(() -> Files.exists(said));
    rig.circuit.closed.complete(Optional.of(lost()));
    assertThat(rig.error())
        .isEqualTo("postern: hop 1/1 app@db.internal channel: lost [PST-T009]\n");
    assertThat(running).isNotDone();
    Files.createFile(go());
    assertThat(running.join()).as("it ended well, but not with its tunnel").isEqualTo(255);
  }

  private Path go() {
    return folder.resolve("go");
  }

  @Test
  void aCommandThatFailsWithItsTunnelHasItsOwnExitCode() throws Exception {
    CompletableFuture<Integer> running =
        start("echo up >%s; while [ ! -e %s ]; do sleep 0.05; done; exit 3".formatted(said, go()));
    await().until(() -> Files.exists(said));
    rig.circuit.closed.complete(Optional.of(lost()));
    Files.createFile(go());
    assertThat(running.join()).isEqualTo(3);
  }

  @Test
  void eventsInJsonLeaveStandardOutputToTheCommand() throws Exception {
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () ->
                rig.run(
                    "forward",
                    "--json",
                    "-L",
                    "8080:web:80",
                    "db",
                    "--run",
                    "sh",
                    "-c",
                    "echo up >%s; while [ ! -e %s ]; do sleep 0.05; done".formatted(said, go())));
    await().until(() -> Files.exists(said));
    rig.events.accept(
        new SupervisionEvent(
            Instant.ofEpochSecond(10),
            ForwardState.RECONNECTING,
            Optional.of(lost()),
            1,
            Optional.of(Duration.ofSeconds(1)),
            Optional.empty()));
    Files.createFile(go());
    assertThat(running.join()).isZero();
    assertThat(rig.output()).isEmpty();
    assertThat(rig.error().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("{\"forwards\":[{\"local\":\"127.0.0.1:8080\""))
        .anyMatch(line -> line.contains("\"event\":\"reconnecting\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP"})
  void aSignalToUsAloneIsPassedOn(String signal) throws Exception {
    CompletableFuture<Integer> running =
        start(
            "trap 'echo got >%s; exit 9' %s; echo up >%s; while :; do sleep 0.05; done"
                .formatted(go(), signal, said));
    await().until(() -> Files.exists(said));
    rig.signals.get(signal).run();
    assertThat(running.join()).isEqualTo(9);
    assertThat(go()).hasContent("got");
  }

  @Test
  void ctrlCIsTheCommandsMatter() throws Exception {
    CompletableFuture<Integer> running =
        start("echo up >%s; while [ ! -e %s ]; do sleep 0.05; done; exit 4".formatted(said, go()));
    await().until(() -> Files.exists(said));
    rig.signals.get("INT").run();
    assertThat(running).isNotDone();
    Files.createFile(go());
    assertThat(running.join()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-program", "./no-such-program", "/no/such/program"})
  void aProgramThatIsNotThereIsNamed(String program) {
    assertThat(rig.run("forward", "-N", "db", "--run", program)).isEqualTo(127);
    assertThat(rig.error())
        .isEqualTo(
            "postern: --run: there is no program %s; for a line of the shell, write --run sh -c '…' [PST-F023]\n"
                .formatted(program));
    assertThat(rig.circuit.closedByUs).isTrue();
  }

  @Test
  void aFileThatIsNoProgramIsNamedWithTheReason() throws IOException {
    Files.createFile(said);
    assertThat(rig.run("forward", "-N", "db", "--run", said.toString())).isEqualTo(126);
    assertThat(rig.error())
        .startsWith(
            "postern: --run: %s cannot be run; look whether it is a program that you may execute: "
                .formatted(said))
        .contains("Permission denied")
        .endsWith(" [PST-F023]\n");
  }

  @Test
  void aRouteWithoutForwardsIsRefusedAsWithoutACommand() {
    assertThat(rig.run("forward", "db", "--run", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: the route has no forwards; add some with -L 15432:localhost:5432, or hold it open without any by -N [PST-F002]\n");
    assertThat(rig.opened).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward db --run", "forward db --run --"})
  void withoutACommandThereIsNothingToRun(String line) {
    assertThat(rig.run(line.split(" "))).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: there is no command after --run, which takes all that follows; see postern forward --help [PST-C009]\n");
  }

  @Test
  void standardInputAndOutputCannotBeBoth() {
    assertThat(rig.run("forward", "-W", "web:80", "db", "--run", "true")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: -W has standard input and output for itself, so --run cannot; see postern forward --help [PST-C009]\n");
    assertThat(rig.opened).isEmpty();
  }
}

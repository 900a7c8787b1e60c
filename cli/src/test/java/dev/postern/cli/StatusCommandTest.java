package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.cli.surroundings.Terminals;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {
  private static final long PID = ProcessHandle.current().pid();

  private final Rig forward = new Rig();
  private final Rig status = new Rig();
  @TempDir private Path home;
  private CompletableFuture<Integer> forwarding = CompletableFuture.completedFuture(0);

  @BeforeEach
  void shareAHome() {
    forward.home = home;
    status.home = home;
  }

  @AfterEach
  void end() {
    Optional.ofNullable(forward.signals.get("INT")).ifPresent(Runnable::run);
    assertThat(forwarding.join()).isZero();
    assertThat(socket()).doesNotExist();
  }

  private Path socket() {
    return home.resolve(".local/state/postern/run/forward-%d.sock".formatted(PID));
  }

  private void forward(String... options) {
    String[] command = new String[options.length + 4];
    command[0] = "forward";
    System.arraycopy(options, 0, command, 1, options.length);
    command[options.length + 1] = "-L";
    command[options.length + 2] = "8080:web:80";
    command[options.length + 3] = "db";
    forwarding = CompletableFuture.supplyAsync(() -> forward.run(command));
    await().until(() -> forward.signals.containsKey("INT"));
  }

  @Test
  void withoutAnyItSaysSo() {
    assertThat(status.run("status")).isEqualTo(1);
    assertThat(status.output()).isEmpty();
    assertThat(status.error()).isEqualTo("postern: no forward is running\n");
  }

  @Test
  void orNothing() {
    assertThat(status.run("status", "-q")).isEqualTo(1);
    assertThat(status.output() + status.error()).isEmpty();
  }

  @Test
  void inJsonItIsAnEmptyList() {
    assertThat(status.run("status", "--json")).isEqualTo(1);
    assertThat(status.output()).isEqualTo("[]\n");
    assertThat(status.error()).isEmpty();
  }

  @Test
  void aForwardIsShown() {
    forward();
    assertThat(status.run("status")).isZero();
    assertThat(status.output())
        .matches(
            """
            db  pid %d  up  since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d
              local  127.0.0.1:8080 -> web:80  up  0 of 0 open  0 B sent  0 B received
            """
                .formatted(PID));
  }

  @Test
  void soIsOneThatIsNotSupervised() {
    forward("--no-reconnect");
    assertThat(status.run("status", "--json")).isZero();
    assertThat(status.output()).contains("\"route\":\"db\"").contains("\"state\":\"up\"");
  }

  @Test
  void theJsonHasEverything() {
    forward();
    CircuitException lost =
        new CircuitException(
            Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null);
    forward.circuit.lost = Optional.of(lost);
    forward.events.accept(
        new SupervisionEvent(
            Instant.now(),
            ForwardState.RECONNECTING,
            Optional.of(lost),
            2,
            Optional.of(Duration.ofHours(1)),
            Optional.empty()));
    assertThat(status.run("status", "--json")).isZero();
    assertThat(status.output())
        .matches(
            ("\\[\\{\"attempt\":2,\"forwards\":\\[\\{\"accepted\":0,\"listen\":\"127.0.0.1:8080\",\"open\":0,\"received\":0,"
                    + "\"refused\":0,\"sent\":0,\"state\":\"up\",\"target\":\"web:80\",\"type\":\"local\"}],"
                    + "\"lastError\":\"hop 1/1 app@db.internal channel: lost \\[PST-T009]\",\"nextAttemptMillis\":3[56]\\d{5},"
                    + "\"pid\":%d,\"route\":\"db\",\"since\":\"[^\"]+Z\",\"state\":\"reconnecting\"}]\n")
                .formatted(PID));
  }

  @Test
  void aRouteThatIsLostSaysWhyAndWhenItIsTriedAgain() {
    forward();
    CircuitException lost =
        new CircuitException(
            Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null);
    forward.circuit.lost = Optional.of(lost);
    assertThat(status.run("status")).isZero();
    assertThat(status.output())
        .startsWith("db  pid %d  reconnecting  since ".formatted(PID))
        .endsWith("\n  last error: hop 1/1 app@db.internal channel: lost [PST-T009]\n");
  }

  @Test
  void anAttemptThatIsUnderWayIsNotWaitedFor() {
    forward();
    CircuitException lost =
        new CircuitException(
            Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null);
    forward.circuit.lost = Optional.of(lost);
    forward.events.accept(
        new SupervisionEvent(
            Instant.now().minusSeconds(3),
            ForwardState.RECONNECTING,
            Optional.of(lost),
            2,
            Optional.of(Duration.ofSeconds(2)),
            Optional.empty()));
    assertThat(status.run("status")).isZero();
    assertThat(status.output())
        .startsWith("db  pid %d  reconnecting (attempt 2)  since ".formatted(PID));
  }

  @Test
  void watchingGoesOnUntilASignal() {
    CompletableFuture<Integer> watching =
        CompletableFuture.supplyAsync(() -> status.run("status", "--watch"));
    await().until(() -> status.output().contains("no forward is running\n"));
    forward();
    await().until(() -> status.output().contains("db  pid " + PID));
    status.signals.get("INT").run();
    assertThat(watching.join()).isZero();
    assertThat(status.output()).doesNotContain("\u001b");
  }

  @Test
  void onATerminalItIsDrawnAnew() {
    status.terminals = new Terminals(false, true, false);
    CompletableFuture<Integer> watching =
        CompletableFuture.supplyAsync(() -> status.run("status", "--watch"));
    await().until(() -> !status.output().isEmpty());
    status.signals.get("INT").run();
    assertThat(watching.join()).isZero();
    assertThat(status.output()).startsWith("\u001b[H\u001b[Jno forward is running\n");
  }

  @Test
  void inJsonItIsALineEachTime() {
    CompletableFuture<Integer> watching =
        CompletableFuture.supplyAsync(() -> status.run("status", "--watch", "--json"));
    await().until(() -> status.output().lines().count() == 2);
    status.signals.get("TERM").run();
    assertThat(watching.join()).isZero();
    assertThat(status.output()).startsWith("[]\n[]\n");
  }

  @Test
  void aReaderThatGoesAwayEndsIt() {
    status.standardOutput =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(status.run("status", "--watch")).isEqualTo(141);
  }

  @Test
  void whereItCannotBeShownAForwardSaysSoOnlyIfAsked() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".local/state/postern/run"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    forward("-v");
    assertThat(forward.error())
        .contains(
            "postern: status will not show this route: %s is not a folder that is yours alone (mode 0700) [PST-F024]\n"
                .formatted(folder));
    assertThat(folder).isEmptyDirectory();
    Rig quiet = new Rig();
    quiet.home = home;
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(() -> quiet.run("forward", "-N", "db"));
    await().until(() -> quiet.signals.containsKey("INT"));
    quiet.signals.get("INT").run();
    assertThat(running.join()).isZero();
    assertThat(quiet.error()).isEmpty();
  }

  @Test
  void standardInputAndOutputAreNoForward() {
    forward.circuit.stream = new FakeStream("");
    assertThat(forward.run("forward", "-W", "db:22", "db")).isZero();
    assertThat(home.resolve(".local")).doesNotExist();
  }
}

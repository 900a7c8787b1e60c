package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalModes.Mode;
import dev.postern.circuit.TerminalRequest;
import dev.postern.cli.surroundings.Screen;
import dev.postern.cli.surroundings.Terminals;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ShellCommandTest {
  private final Rig rig = new Rig();

  @Test
  void withoutATerminalItSaysWhatToDo() {
    assertThat(rig.run("shell", "db")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: a shell wants a terminal, and standard input is none; -tt opens one all the same, and postern exec ROUTE -- COMMAND does without\n");
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void theShellGetsTheTerminalAsItIs() {
    rig.terminals = new Terminals(true, true, false);
    rig.modes = TerminalModes.usual().with(Mode.VERASE, 8);
    rig.environment.put("TERM", "xterm-256color");
    rig.circuit.process.says("hello\r\n".getBytes(), "").exits(3);
    assertThat(rig.run("shell", "db")).isEqualTo(3);
    assertThat(rig.circuit.terminals)
        .containsExactly(new TerminalRequest("xterm-256color", 120, 40, rig.modes));
    assertThat(rig.output()).isEqualTo("hello\r\n");
    assertThat(rig.error()).isEqualTo("Connection to db.internal closed.\n");
    assertThat(rig.rawTimes).isEqualTo(1);
    assertThat(rig.rawNow).isFalse();
  }

  @Test
  void theTerminalIsGivenBackWhenTheLinkIsLost() {
    rig.terminals = new Terminals(true, true, false);
    rig.circuit.process.ended.completeExceptionally(
        new CircuitException(
            Code.LINK_LOST, Phase.REMOTE, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null));
    assertThat(rig.run("shell", "db")).isEqualTo(255);
    assertThat(rig.rawTimes).isEqualTo(1);
    assertThat(rig.rawNow).isFalse();
    assertThat(rig.error()).contains("[PST-T009]");
  }

  @Test
  void whatTheFarEndLeftOnTheScreenIsUndone() {
    rig.terminals = new Terminals(true, true, false);
    rig.circuit.process.says("\u001b[?1049h\u001b[?2004hvi".getBytes(), "");
    rig.circuit.process.ended.completeExceptionally(
        new CircuitException(
            Code.LINK_LOST, Phase.REMOTE, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null));
    assertThat(rig.run("shell", "db")).isEqualTo(255);
    assertThat(rig.output()).isEqualTo("\u001b[?1049h\u001b[?2004hvi\u001b[?1049l\u001b[?2004l");
  }

  @Test
  void aFailureHasALineOfItsOwn() {
    rig.terminals = new Terminals(true, true, false);
    rig.circuit.process.says("$ ".getBytes(), "");
    rig.circuit.process.ended.completeExceptionally(
        new CircuitException(
            Code.LINK_LOST, Phase.REMOTE, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null));
    rig.run("shell", "db");
    assertThat(rig.error())
        .isEqualTo("\npostern: hop 1/1 app@db.internal remote: lost [PST-T009]\n");
  }

  @Test
  void nothingIsUndoneWhereTheOutputIsNoTerminal() {
    rig.terminals = new Terminals(true, false, false);
    rig.circuit.process.says("\u001b[?1049h".getBytes(), "").exits(0);
    assertThat(rig.run("shell", "db")).isZero();
    assertThat(rig.output()).isEqualTo("\u001b[?1049h");
  }

  @Test
  void aForcedTerminalHasNoSizeAndNoModes() {
    rig.circuit.process.exits(0);
    assertThat(rig.run("shell", "-tt", "db")).isZero();
    assertThat(rig.circuit.terminals)
        .containsExactly(new TerminalRequest("dumb", 0, 0, TerminalModes.NONE));
    assertThat(rig.rawTimes).isZero();
  }

  @Test
  void theEscapeKeyLeavesTheFarEnd() throws IOException {
    rig.terminals = new Terminals(true, true, false);
    PipedOutputStream remote = listens();
    rig.circuit.process.onClose =
        () -> {
          try {
            remote.close();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };
    rig.reads("ls\r~?~.");
    assertThat(rig.run("shell", "db")).isEqualTo(255);
    assertThat(rig.circuit.process.received).hasToString("ls\r");
    assertThat(rig.error())
        .isEqualTo(
            "~?\r\nKeys after ~ at the beginning of a line:\r\n ~.   leave the far end\r\n ~^Z  suspend postern\r\n ~~   send ~\r\n ~?   this list\r\n~.\r\nConnection to db.internal closed.\n");
    assertThat(rig.rawNow).isFalse();
  }

  @Test
  void aSuspendedShellGivesTheTerminalBackAndTakesItAgain() throws IOException {
    rig.terminals = new Terminals(true, true, false);
    PipedOutputStream remote = listens();
    rig.reads("~\u001a");
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(() -> rig.run("shell", "db"));
    await().until(() -> rig.stops == 1);
    assertThat(rig.rawNow).isFalse();
    rig.size = new Screen.Size(81, 25);
    rig.signals.get("CONT").run();
    assertThat(rig.rawNow).isTrue();
    assertThat(rig.circuit.process.sizes).containsExactly("81x25");
    remote.close();
    rig.circuit.process.exits(0);
    assertThat(running.join()).isZero();
  }

  @Test
  void theEscapeKeyCanBeAnotherOrNone() throws IOException {
    rig.terminals = new Terminals(true, true, false);
    listens().close();
    rig.reads("~.");
    rig.circuit.process.exits(0);
    assertThat(rig.run("shell", "-e", "none", "db")).isZero();
    assertThat(rig.run("shell", "-e", "long", "db")).isEqualTo(2);
    assertThat(rig.error())
        .endsWith(
            "postern: command line: -e long: expected one character, ^ and a letter, or none [PST-C009]\n");
  }

  private PipedOutputStream listens() throws IOException {
    PipedOutputStream remote = new PipedOutputStream();
    rig.circuit.process.output = new PipedInputStream(remote);
    return remote;
  }

  @Test
  void aNewSizeIsPassedOn() throws IOException {
    rig.terminals = new Terminals(true, true, false);
    PipedOutputStream remote = new PipedOutputStream();
    InputStream output = new PipedInputStream(remote);
    rig.circuit.process.output = output;
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(() -> rig.run("shell", "db"));
    await().until(() -> rig.signals.containsKey("WINCH"));
    rig.size = new Screen.Size(80, 24);
    rig.signals.get("WINCH").run();
    assertThat(rig.circuit.process.sizes).containsExactly("80x24");
    remote.close();
    rig.circuit.process.exits(0);
    assertThat(running.join()).isZero();
  }
}

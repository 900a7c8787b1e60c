package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TerminalRequest;
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
            "postern: a shell needs a terminal, and standard input and output are not both one; to run a command without, use: postern exec ROUTE -- COMMAND\n");
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void theShellGetsTheTerminalAsItIs() {
    rig.terminals = new Terminals(true, true, false);
    rig.environment.put("TERM", "xterm-256color");
    rig.circuit.process.says("hello\r\n".getBytes(), "").exits(3);
    assertThat(rig.run("shell", "db")).isEqualTo(3);
    assertThat(rig.circuit.terminals)
        .containsExactly(new TerminalRequest("xterm-256color", 120, 40));
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

package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalRequest;
import dev.postern.cli.surroundings.Terminals;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ExecCommandTest {
  private final Rig rig = new Rig();

  private static CircuitException refused() {
    return new CircuitException(
        Code.AUTH_DENIED, Phase.AUTH, FakeCircuit.HOP, "refused", FakeCircuit.TRAIL, null);
  }

  @Test
  void outputAndStatusAreTheRemoteCommands() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    rig.circuit.process.says(all, "err\n").exits(44);
    assertThat(rig.run("exec", "db", "--", "run", "-x", "--", "a  b")).isEqualTo(44);
    assertThat(rig.output.toByteArray()).isEqualTo(all);
    assertThat(rig.error()).isEqualTo("err\n");
    assertThat(rig.circuit.commands).containsExactly("run -x -- a  b");
    assertThat(rig.circuit.closedByUs).isTrue();
    assertThat(rig.withForwards).containsExactly(false);
  }

  @Test
  void inputGoesToTheCommandWithItsEnd() throws Exception {
    rig.reads("typed");
    rig.circuit.process.output =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              rig.circuit.process.inputClosed.await(10, SECONDS);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    rig.circuit.process.exits(0);
    assertThat(rig.run("exec", "db", "--", "cat")).isZero();
    assertThat(rig.circuit.process.received).hasToString("typed");
    assertThat(rig.circuit.process.inputClosed.getCount()).isZero();
  }

  @Test
  void theEndOfTheCommandDoesNotWaitForInput() {
    CountDownLatch never = new CountDownLatch(1);
    rig.input =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    rig.circuit.process.exits(0);
    assertThat(rig.run("exec", "db", "--", "true")).isZero();
  }

  @Test
  void aClosedPipeEndsItQuietly() {
    rig.standardOutput =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    rig.circuit.process.says(new byte[] {1}, "");
    assertThat(rig.run("exec", "db", "--", "yes")).isEqualTo(141);
    assertThat(rig.error()).isEmpty();
    assertThat(rig.circuit.process.closed).isTrue();
  }

  @Test
  void aRemoteSignalIsReported() {
    rig.circuit.process.isKilledBy("TERM");
    assertThat(rig.run("exec", "db", "--", "sleep")).isEqualTo(255);
    assertThat(rig.error()).isEqualTo("postern: remote process killed by signal TERM [PST-T016]\n");
  }

  @Test
  void aRemoteSignalIsReportedInJson() {
    rig.circuit.process.isKilledBy("TERM");
    rig.run("exec", "--json", "db", "--", "sleep");
    assertThat(rig.error())
        .isEqualTo(
            "{\"code\":\"PST-T016\",\"message\":\"remote process killed by signal TERM\",\"ok\":false,\"phase\":\"remote\",\"signal\":\"TERM\"}\n");
  }

  @Test
  void aFailureIsOneSentence() {
    rig.failure = refused();
    assertThat(rig.run("exec", "db", "--", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: hop 1/1 app@db.internal auth: refused [PST-A001]\n");
    assertThat(rig.output()).isEmpty();
  }

  @Test
  void withTheTrailIfItIsWanted() {
    rig.failure = refused();
    rig.run("exec", "-v", "db", "--", "true");
    assertThat(rig.error())
        .isEqualTo(
            "[   12 ms] hop 1/1 app@db.internal auth: publickey accepted\npostern: hop 1/1 app@db.internal auth: refused [PST-A001]\n");
  }

  @Test
  void theTrailOfASuccessIsPrintedToo() {
    rig.circuit.process.exits(0);
    rig.run("exec", "-v", "db", "--", "true");
    assertThat(rig.error())
        .isEqualTo("[   12 ms] hop 1/1 app@db.internal auth: publickey accepted\n");
  }

  @Test
  void aFailureInJsonHasItsFields() {
    rig.failure = refused();
    assertThat(rig.run("exec", "--json", "db", "--", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "{\"code\":\"PST-A001\",\"hop\":{\"count\":1,\"host\":\"db.internal\",\"index\":1,\"port\":22,\"user\":\"app\"},\"message\":\"hop 1/1 app@db.internal auth: refused [PST-A001]\",\"ok\":false,\"phase\":\"auth\",\"trail\":[{\"address\":\"app@db.internal\",\"elapsedMillis\":12,\"hop\":1,\"phase\":\"auth\",\"text\":\"publickey accepted\"}]}\n");
  }

  @Test
  void theRemoteCommandsOwnOptionsAreNotOurs() {
    rig.failure = refused();
    rig.run("exec", "db", "--", "tool", "--json");
    assertThat(rig.error()).startsWith("postern: ");
  }

  @Test
  void everyProblemOfTheConfigurationIsPrinted() {
    rig.problems =
        new ConfigException(
            List.of(
                new ConfigProblem(Code.CONFIG_MISSING, "f:1", "a", "missing"),
                new ConfigProblem(Code.CONFIG_UNKNOWN_KEY, "f:2", "b", "unknown")));
    assertThat(rig.run("exec", "db", "--", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: f:1: a: missing [PST-C004]\npostern: f:2: b: unknown [PST-C002]\n");
  }

  @Test
  void aCommandWithoutTheDelimiterIsRefused() {
    assertThat(rig.run("exec", "db", "rm", "-i", "x")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: write -- between the route and the command: postern exec ROUTE -- COMMAND; see postern exec --help [PST-C009]\n");
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void noCommandIsRefused() {
    assertThat(rig.run("exec", "db", "--")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: there is no command after --; for a shell, there is postern shell; see postern exec --help [PST-C009]\n");
  }

  @Test
  void aTerminalIsAskedForWhereThereIsOne() {
    rig.terminals = new Terminals(true, false, false);
    rig.environment.put("TERM", "vt100");
    rig.circuit.process.says("a\r\n".getBytes(UTF_8), "").exits(4);
    assertThat(rig.run("exec", "-t", "db", "--", "top")).isEqualTo(4);
    assertThat(rig.circuit.commands).containsExactly("top");
    assertThat(rig.circuit.terminals).containsExactly(new TerminalRequest("vt100", 120, 40));
    assertThat(rig.output()).isEqualTo("a\r\n");
    assertThat(rig.error()).isEqualTo("Connection to db.internal closed.\n");
    assertThat(rig.rawTimes).isEqualTo(1);
    assertThat(rig.rawNow).isFalse();
  }

  @Test
  void withoutATerminalHereThereIsNoneThere() {
    rig.circuit.process.exits(0);
    assertThat(rig.run("exec", "-t", "db", "--", "top")).isZero();
    assertThat(rig.circuit.terminals).isEmpty();
    assertThat(rig.error())
        .isEqualTo(
            "postern: Pseudo-terminal will not be allocated because stdin is not a terminal; -tt allocates one\n");
  }

  @Test
  void aTerminalCanBeForcedAndForbidden() {
    rig.circuit.process.exits(0);
    assertThat(rig.run("exec", "-tt", "db", "--", "top")).isZero();
    assertThat(rig.circuit.terminals)
        .containsExactly(new TerminalRequest("dumb", 0, 0, TerminalModes.NONE));
    assertThat(rig.run("exec", "-tt", "-T", "db", "--", "top")).isZero();
    assertThat(rig.circuit.terminals).hasSize(1);
  }

  @Test
  void aHostKeyThatFailsIsSaidInOpenSshsWordsToo() {
    rig.failure =
        new CircuitException(
            Code.HOST_KEY_UNKNOWN,
            Phase.HOST_KEY,
            FakeCircuit.HOP,
            "unknown",
            FakeCircuit.TRAIL,
            null);
    assertThat(rig.run("exec", "db", "--", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: hop 1/1 app@db.internal host-key: unknown [PST-H001]\nHost key verification failed.\n");
  }

  @Test
  void hopsAreShownOnATerminalAndGoneAfterwards() {
    rig.terminals = new Terminals(false, false, true);
    rig.circuit.process.exits(0);
    rig.run("exec", "db", "--", "true");
    assertThat(rig.error()).isEqualTo("\r\u001b[Khop 1/1 app@db.internal …\r\u001b[K");
  }

  @Test
  void hopsAreNotShownWhereNothingCanBeErased() {
    rig.terminals = new Terminals(false, false, true);
    rig.environment.put("TERM", "dumb");
    rig.circuit.process.exits(0);
    rig.run("exec", "db", "--", "true");
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void hopsAreNotShownIfQuietOrInJson() {
    rig.terminals = new Terminals(false, false, true);
    rig.circuit.process.exits(0);
    rig.run("exec", "-q", "db", "--", "true");
    rig.run("exec", "--json", "db", "--", "true");
    assertThat(rig.error()).isEmpty();
  }
}

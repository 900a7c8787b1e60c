package dev.postern.core.sshd;

import static dev.postern.core.sshd.ChannelRig.failure;
import static dev.postern.core.sshd.ChannelRig.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.Forward;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalModes.Mode;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH, whose only host key is an ed25519 one. */
@Timeout(60)
final class OpenSshChannelsTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void theJdksEd25519IsEnoughForTheHostKey() throws Exception {
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect()) {
      assertThat(rig.session.getServerKey().getAlgorithm()).isEqualTo("EdDSA");
      assertThat(SecurityUtils.isProviderRegistered("BC")).isFalse();
    }
  }

  @Test
  void commandsAreByteExactAndEndAsTheyEnd() throws Exception {
    byte[] data = new byte[24 * MIB];
    new Random(5).nextBytes(data);
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect()) {
      RemoteProcess cat = get(rig.channels.exec("cat; echo err >&2; exit 7"));
      rig.blocking.submit(
          () -> {
            cat.input().write(data);
            cat.input().close();
            return true;
          });

      assertThat(Arrays.equals(cat.output().readAllBytes(), data)).isTrue();
      assertThat(cat.error().readAllBytes()).asString(UTF_8).isEqualTo("err\n");
      assertThat(cat.waitFor()).isEqualTo(new ExecResult(OptionalInt.of(7), Optional.empty()));
      assertThat(get(rig.channels.exec("kill -TERM $$")).waitFor())
          .isEqualTo(new ExecResult(OptionalInt.empty(), Optional.of("TERM")));
    }
  }

  @Test
  void aCommandThatDoesNotReadEndsItsWriter() throws Exception {
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect()) {
      RemoteProcess head = get(rig.channels.exec("head -c 10 >/dev/null"));
      IOException failure = null;
      try {
        for (int i = 0; i < 10_000; i++) {
          head.input().write(new byte[64 << 10]);
        }
      } catch (IOException e) {
        failure = e;
      }

      assertThat(failure).hasMessage("the other side closed the channel");
      assertThat(head.waitFor().exitStatus()).hasValue(0);
    }
  }

  @Test
  void aShellHasATerminal() throws Exception {
    try (RealServer server = RealServer.startWithTerminals(directory);
        ChannelRig rig = server.connect()) {
      RemoteProcess shell = get(rig.channels.shell(new TerminalRequest("vt100", 91, 33)));
      shell.input().write("stty size; echo \"T=$TERM\"; exit 4\n".getBytes(UTF_8));
      shell.input().flush();

      assertThat(shell.output().readAllBytes())
          .asString(UTF_8)
          .contains("33 91\r\n", "T=vt100\r\n");
      assertThat(shell.waitFor().exitStatus()).hasValue(4);
    }
  }

  @Test
  void aCommandHasTheTerminalAndItsModes() throws Exception {
    TerminalModes modes =
        TerminalModes.usual()
            .with(Mode.VERASE, 8)
            .with(Mode.VQUIT, TerminalModes.NO_KEY)
            .with(Mode.ECHO, 0)
            .with(Mode.TTY_OP_ISPEED, 9_600)
            .with(Mode.TTY_OP_OSPEED, 9_600);
    try (RealServer server = RealServer.startWithTerminals(directory);
        ChannelRig rig = server.connect()) {
      RemoteProcess stty =
          get(
              rig.channels.exec(
                  "stty -a; echo \"T=$TERM\"; echo err >&2; exit 3",
                  new TerminalRequest("vt220", 77, 22, modes)));

      assertThat(stty.output().readAllBytes())
          .asString(UTF_8)
          .contains(
              "speed 9600 baud; rows 22; columns 77;",
              "erase = ^H;",
              "quit = <undef>;",
              "intr = ^C;",
              " iutf8\r\n",
              " -echo ",
              "T=vt220\r\n",
              "err\r\n");
      assertThat(stty.error().read()).isEqualTo(-1);
      assertThat(stty.waitFor().exitStatus()).hasValue(3);
    }
  }

  @Test
  void aRefusedTerminalOfACommandIsNamed() throws Exception {
    try (RealServer server = RealServer.start(directory, "PermitTTY no");
        ChannelRig rig = server.connect()) {
      HopFailure failure = failure(rig.channels.exec("true", new TerminalRequest("vt100", 80, 24)));

      assertThat(failure.code()).isEqualTo(Code.COMMAND_REFUSED);
      assertThat(failure.sentence())
          .isEqualTo(
              "the server refused a terminal for the command (pty-req); allow it there (PermitTTY), or run a command without one");
    }
  }

  @Test
  void aRefusedTerminalIsNamed() throws Exception {
    try (RealServer server = RealServer.start(directory, "PermitTTY no");
        ChannelRig rig = server.connect()) {
      HopFailure failure = failure(rig.channels.shell(new TerminalRequest("vt100", 80, 24)));

      assertThat(failure.code()).isEqualTo(Code.SHELL_REFUSED);
      assertThat(failure.sentence())
          .isEqualTo(
              "the server refused a terminal for the shell (pty-req); allow it there (PermitTTY), or run a command without one");
    }
  }

  @Test
  void tooManySessionsAreNamed() throws Exception {
    try (RealServer server = RealServer.start(directory, "MaxSessions 1");
        ChannelRig rig = server.connect();
        RemoteProcess first = get(rig.channels.exec("cat"))) {
      HopFailure failure = failure(rig.channels.exec("true"));

      assertThat(failure.code()).isEqualTo(Code.COMMAND_REFUSED);
      assertThat(failure.sentence())
          .startsWith("the server opened no session for the command (it said: \"")
          .endsWith("\"); it may allow none, or no more at a time (MaxSessions)");
      first.input().close();
      assertThat(first.waitFor().exitStatus()).hasValue(0);
    }
  }

  @Test
  void forbiddenForwardingIsNamed() throws Exception {
    try (RealServer server = RealServer.start(directory, "AllowTcpForwarding no");
        ChannelRig rig = server.connect()) {
      HopFailure failure = failure(rig.channels.openTcp(new Endpoint("127.0.0.1", 9)));

      assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
    }
  }

  @Test
  void anUnreachableTargetIsNamed() throws Exception {
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect()) {
      HopFailure failure = failure(rig.channels.openTcp(new Endpoint("127.0.0.1", 9)));

      assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
      assertThat(failure.sentence()).contains("(it said: \"Connection refused\")");
    }
  }

  @Test
  void theTargetsEndReachesTheClientWhichStillSends() throws Exception {
    AtomicLong heard = new AtomicLong(-1);
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect();
        LoopbackTarget target =
            LoopbackTarget.serving(
                socket -> {
                  socket.getOutputStream().write("bye".getBytes(UTF_8));
                  socket.shutdownOutput();
                  heard.set(socket.getInputStream().readAllBytes().length);
                });
        Forward forward = get(rig.forward(ForwardSpec.of("0", target.endpoint().toString())));
        Socket socket = new Socket("127.0.0.1", forward.port())) {
      assertThat(socket.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("bye");
      socket.getOutputStream().write(new byte[3 * MIB]);
      socket.shutdownOutput();

      await().until(() -> heard.get() == 3L * MIB);
    }
  }

  @Test
  void theClientsEndReachesTheTargetWhichStillAnswers() throws Exception {
    try (RealServer server = RealServer.start(directory);
        ChannelRig rig = server.connect();
        LoopbackTarget echo = LoopbackTarget.echo();
        TcpStream stream = get(rig.channels.openTcp(echo.endpoint()))) {
      stream.output().write(new byte[3 * MIB]);
      stream.output().close();

      assertThat(stream.input().readAllBytes()).hasSize(3 * MIB);
    }
  }
}

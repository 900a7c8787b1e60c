package dev.postern.core.sshd;

import static dev.postern.core.sshd.ChannelRig.failure;
import static dev.postern.core.sshd.ChannelRig.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProcessesTest {
  private static final int MIB = 1 << 20;
  private static final String LOST =
      "hop 1/1 app@127.0.0.1 remote: the link was lost: test [PST-T009]";

  private EmbeddedServer server;
  private ChannelRig rig;

  @BeforeEach
  void connect() throws Exception {
    server =
        EmbeddedServer.start()
            .with("cat", (in, out, err, channel) -> copy(in, out))
            .with("true", (in, out, err, channel) -> 0)
            .with("exit 42", (in, out, err, channel) -> 42)
            .with("close", (in, out, err, channel) -> -1)
            .with("flood", (in, out, err, channel) -> flood(out));
    rig = ChannelRig.to(server);
  }

  @AfterEach
  void disconnect() throws Exception {
    rig.close();
    server.close();
  }

  private static int copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[32_000];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
    return 0;
  }

  private static int flood(OutputStream out) throws IOException {
    byte[] block = new byte[32_000];
    for (int i = 0; i < 1_000; i++) {
      out.write(block);
      out.flush();
    }
    return 0;
  }

  private RemoteProcess exec(String command) throws Exception {
    return get(rig.channels.exec(command));
  }

  @Test
  void everyByteValueComesBackAsItWent() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (RemoteProcess process = exec("cat")) {
      for (byte value : all) {
        process.input().write(value);
      }
      process.input().close();

      assertThat(process.output().readAllBytes()).isEqualTo(all);
      assertThat(process.waitFor()).isEqualTo(new ExecResult(OptionalInt.of(0), Optional.empty()));
    }
  }

  @Test
  void tensOfMebibytesGoBothWaysAtOnce() throws Exception {
    byte[] data = new byte[24 * MIB];
    new Random(1).nextBytes(data);
    try (RemoteProcess process = exec("cat")) {
      Future<?> writer =
          rig.blocking.submit(
              () -> {
                process.input().write(data);
                process.input().close();
                return true;
              });

      assertThat(Arrays.equals(process.output().readAllBytes(), data)).isTrue();
      writer.get(5, SECONDS);
      assertThat(process.waitFor().exitStatus()).hasValue(0);
    }
  }

  @Test
  void theExitStatusIsTheCommands() throws Exception {
    try (RemoteProcess process = exec("exit 42")) {
      assertThat(process.waitFor().exitStatus()).hasValue(42);
      assertThat(process.output().read()).isEqualTo(-1);
      assertThat(process.error().read()).isEqualTo(-1);
    }
  }

  @Test
  void standardErrorIsApart() throws Exception {
    server.with(
        "both",
        (in, out, err, channel) -> {
          out.write("out".getBytes(UTF_8));
          err.write("err".getBytes(UTF_8));
          return 1;
        });
    try (RemoteProcess process = exec("both")) {
      process.waitFor();

      assertThat(process.output().readAllBytes()).asString(UTF_8).isEqualTo("out");
      assertThat(process.error().readAllBytes()).asString(UTF_8).isEqualTo("err");
    }
  }

  @Test
  void aSignalIsReportedCleanAndShort() throws Exception {
    server.with(
        "die",
        (in, out, err, channel) -> {
          Buffer request = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
          request.putUInt(channel.getRecipient());
          request.putString("exit-signal");
          request.putBoolean(false);
          request.putString("TERM\u001b[2J" + "x".repeat(500));
          request.putBoolean(false);
          request.putString("");
          request.putString("");
          channel.writePacket(request);
          return -1;
        });
    try (RemoteProcess process = exec("die")) {
      ExecResult result = process.waitFor();

      assertThat(result.exitStatus()).isEmpty();
      assertThat(result.exitSignal().orElseThrow()).hasSize(64).startsWith("TERM\\x1b[2Jxxx");
    }
  }

  @Test
  void anEndWithoutAWordHasNeitherStatusNorSignal() throws Exception {
    try (RemoteProcess process = exec("close")) {
      assertThat(process.waitFor())
          .isEqualTo(new ExecResult(OptionalInt.empty(), Optional.empty()));
    }
  }

  @Test
  void aRefusedCommandFailsToStart() throws Exception {
    HopFailure failure = failure(rig.channels.exec("no such program"));

    assertThat(failure.code()).isEqualTo(Code.COMMAND_REFUSED);
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(failure.sentence())
        .isEqualTo(
            "the server refused the command (exec); it may allow only something else (ForceCommand, a restricted account)");
    assertThat(get(rig.channels.exec("true")).waitFor().exitStatus()).hasValue(0);
  }

  @Test
  void aRefusedShellFailsToStart() throws Exception {
    server.server().setShellFactory(null);

    HopFailure failure = failure(rig.channels.shell(new TerminalRequest("xterm", 80, 24)));

    assertThat(failure.code()).isEqualTo(Code.SHELL_REFUSED);
    assertThat(failure.sentence()).startsWith("the server refused the shell (shell); ");
  }

  @Test
  void aShellKnowsItsTerminalAndHasNoSecondStream() throws Exception {
    CountDownLatch resized = new CountDownLatch(1);
    server.with(
        "shell",
        (in, out, err, channel) -> {
          out.write(channel.getEnvironment().getEnv().get("TERM").getBytes(UTF_8));
          out.flush();
          await().until(() -> "132".equals(channel.getEnvironment().getEnv().get("COLUMNS")));
          resized.countDown();
          return 7;
        });
    try (RemoteProcess shell =
        get(rig.channels.shell(new TerminalRequest("xterm-256color", 80, 24)))) {
      assertThat(shell.output().readNBytes(14)).asString(UTF_8).isEqualTo("xterm-256color");
      assertThat(shell.error().read()).isEqualTo(-1);
      shell.resize(132, 50);

      assertThat(resized.await(10, SECONDS)).isTrue();
      assertThat(shell.waitFor().exitStatus()).hasValue(7);
    }
  }

  @Test
  void aReaderThatStopsHoldsUpNobodyElse() throws Exception {
    try (RemoteProcess slow = exec("flood");
        RemoteProcess other = exec("cat")) {
      await().until(() -> slow.output().available() > 3 * MIB);
      byte[] data = new byte[8 * MIB];
      new Random(2).nextBytes(data);
      rig.blocking.submit(
          () -> {
            other.input().write(data);
            other.input().close();
            return true;
          });

      assertThat(Arrays.equals(other.output().readAllBytes(), data)).isTrue();
      assertThat(slow.output().available()).isLessThanOrEqualTo(4 * MIB);
      assertThat(slow.output().readAllBytes()).hasSize(32_000_000);
    }
  }

  @Test
  void aClosedReaderLetsTheCommandGoOn() throws Exception {
    try (RemoteProcess process = exec("flood")) {
      process.output().close();

      assertThat(process.waitFor().exitStatus()).hasValue(0);
    }
  }

  @Test
  void aWriterWaitsForTheWindowAndWakesWhenTheCommandEnds() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    server.with(
        "deaf",
        (in, out, err, channel) -> {
          leave.await();
          return 3;
        });
    try (RemoteProcess process = exec("deaf")) {
      AtomicLong sent = new AtomicLong();
      Future<?> writer =
          rig.blocking.submit(
              () -> {
                byte[] block = new byte[32_768];
                while (true) {
                  process.input().write(block);
                  sent.addAndGet(block.length);
                }
              });
      await().during(300, java.util.concurrent.TimeUnit.MILLISECONDS).until(() -> unmoved(sent));
      assertThat(sent.get()).isBetween((long) MIB, 64L * MIB);
      leave.countDown();

      assertThatThrownBy(() -> writer.get(10, SECONDS)).hasRootCauseInstanceOf(IOException.class);
      assertThat(process.waitFor().exitStatus()).hasValue(3);
    }
  }

  private final AtomicLong lastSeen = new AtomicLong();

  private boolean unmoved(AtomicLong value) {
    return value.get() > MIB && lastSeen.getAndSet(value.get()) == value.get();
  }

  @Test
  void theLossOfTheLinkWakesReadersAndWriters() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.with(
        "hang",
        (in, out, err, channel) -> {
          out.write("early".getBytes(UTF_8));
          out.flush();
          never.await();
          return 0;
        });
    try (RemoteProcess process = exec("hang")) {
      await().until(() -> process.output().available() == 5);
      Future<?> errors = rig.blocking.submit(() -> process.error().read());
      Future<?> writer =
          rig.blocking.submit(
              () -> {
                while (true) {
                  process.input().write(new byte[32_768]);
                }
              });
      server.cut();

      assertThatThrownBy(() -> errors.get(10, SECONDS)).hasRootCauseMessage(LOST);
      assertThatThrownBy(() -> writer.get(10, SECONDS)).hasCauseInstanceOf(IOException.class);
      assertThat(process.output().readNBytes(5)).asString(UTF_8).isEqualTo("early");
      assertThatThrownBy(() -> process.output().read()).hasMessage(LOST);
      assertThatThrownBy(process::waitFor)
          .isInstanceOfSatisfying(
              CircuitException.class,
              e -> {
                assertThat(e.code()).isEqualTo(Code.LINK_LOST);
                assertThat(e.phase()).isEqualTo(Phase.REMOTE);
              });
    }
  }

  @Test
  void closingWakesTheReader() throws Exception {
    RemoteProcess process = exec("cat");
    Future<?> reader = rig.blocking.submit(() -> process.output().read());
    process.close();

    assertThatThrownBy(() -> reader.get(10, SECONDS)).hasRootCauseMessage("the channel is closed");
    assertThat(process.ended().toCompletableFuture().get(10, SECONDS).exitStatus()).isEmpty();
  }

  @Test
  void nothingOpensOnALostLink() throws Exception {
    server.cut();
    await().until(() -> !rig.session.isOpen());

    HopFailure failure = failure(rig.channels.exec("true"));

    assertThat(failure.code()).isEqualTo(Code.LINK_LOST);
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
  }
}

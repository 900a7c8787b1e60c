package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_EOF;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_REQUEST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_SUCCESS;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_GLOBAL_REQUEST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_REQUEST_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_REQUEST_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.forward.FarListener;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress.Tcp;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that let us in may still try (RFC 4254). */
@Timeout(60)
final class HostileChannelsTest {
  private static final long OURS = 4L << 20;
  private static final int PACKET = 32_768;

  private ScriptedPeer peer;
  private Rig rig;
  private HopSession session;

  @BeforeEach
  void signIn() {
    peer = new ScriptedPeer();
    rig = new Rig();
    session = rig.open(peer.port());
  }

  @AfterEach
  void tearDown() {
    rig.close();
    peer.close();
  }

  private RemoteProcess process;

  private long started() throws Exception {
    CompletableFuture<RemoteProcess> starting = session.exec("x");
    long channel = peer.startCommand();
    process = done(starting);
    return channel;
  }

  private HopFailure end() {
    return done(session.closed()).orElseThrow();
  }

  private void assertBroken(String sentence) {
    HopFailure failure = end();
    assertThat(failure.sentence()).isEqualTo("the other side broke the rules of SSH: " + sentence);
    assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
    assertThat(failure.phase()).isEqualTo(Phase.REMOTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session",
        "forwarded-tcpip",
        "forwarded-streamlocal@openssh.com",
        "x11",
        "auth-agent@openssh.com",
        "direct-tcpip"
      })
  void aChannelThatTheServerOpensIsRefused(String type) throws Exception {
    for (long i = 0; i < 100; i++) {
      peer.send(SSH_MSG_CHANNEL_OPEN, type, i, OURS, (long) PACKET, "127.0.0.1", 22L, "x", 1L);
    }

    for (long i = 0; i < 100; i++) {
      Buffer refusal = peer.expect(SSH_MSG_CHANNEL_OPEN_FAILURE);
      assertThat(refusal.getUInt()).isEqualTo(i);
      // Unknown channel type, or one that nobody asked for: administratively prohibited.
      assertThat(refusal.getUInt()).isEqualTo(type.startsWith("forwarded") ? 1 : 3);
    }
    assertThat(session.isOpen()).isTrue();
    // A server must not fill the record either.
    assertThat(rig.trail.stream().filter(entry -> entry.contains("refused a connection")))
        .hasSize(type.startsWith("forwarded") ? 20 : 0);
  }

  @Test
  void whereItWasAskedToListenItBringsConnectionsAndNoneToAnywhereElse() throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    CompletableFuture<FarListener> asking =
        session.listen(
            new Tcp("127.0.0.1", 0),
            () -> CompletableFuture.completedFuture(client -> arrived.incrementAndGet()));
    Buffer request = peer.expect(SSH_MSG_GLOBAL_REQUEST);
    assertThat(request.getString()).isEqualTo("tcpip-forward");
    peer.send(SSH_MSG_REQUEST_SUCCESS, 15_432L);
    FarListener listener = done(asking);
    assertThat(listener.address()).hasToString("127.0.0.1:15432");

    bring(1, "127.0.0.1", 15_433);
    bring(2, "192.0.2.7", 15_432);
    bring(3, "127.0.0.1", 0x1_0000 + 15_432);
    for (long i = 1; i <= 3; i++) {
      assertThat(peer.expect(SSH_MSG_CHANNEL_OPEN_FAILURE).getUInt()).isEqualTo(i);
    }
    assertThat(arrived).hasValue(0);
    bring(4, "127.0.0.1", 15_432);
    assertThat(peer.expect(SSH_MSG_CHANNEL_OPEN_CONFIRMATION).getUInt()).isEqualTo(4);
    await().until(() -> arrived.get() == 1);

    listener.close();
    assertThat(peer.expect(SSH_MSG_GLOBAL_REQUEST).getString()).isEqualTo("cancel-tcpip-forward");
    bring(5, "127.0.0.1", 15_432);
    assertThat(peer.expect(SSH_MSG_CHANNEL_OPEN_FAILURE).getUInt()).isEqualTo(5);
    assertThat(arrived).hasValue(1);
    assertThat(session.isOpen()).isTrue();
    assertThat(rig.trail.stream().filter(entry -> entry.contains("refused a connection")))
        .containsExactly(
            unasked("127.0.0.1:15433"),
            unasked("192.0.2.7:15432"),
            unasked("127.0.0.1:80968"),
            unasked("127.0.0.1:15432"));
  }

  private void bring(long channel, String host, long port) throws Exception {
    peer.send(
        SSH_MSG_CHANNEL_OPEN,
        "forwarded-tcpip",
        channel,
        OURS,
        (long) PACKET,
        host,
        port,
        "127.0.0.1",
        40_000L);
  }

  private static String unasked(String address) {
    return "1 channel: refused a connection to %s that the server brought: nobody asked it to listen there"
        .formatted(address);
  }

  @Test
  void whatAServerSaysWhenItRefusesAChannelIsSanitised() throws Exception {
    CompletableFuture<?> connecting = session.openTcp(new Endpoint("db", 5432));
    long channel = peer.expectOpen();

    peer.send(
        SSH_MSG_CHANNEL_OPEN_FAILURE,
        channel,
        2L,
        "\u001b]0;title\u0007no\u202e\npassword: " + "z".repeat(100_000),
        "");

    HopFailure failure = failure(connecting);
    assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
    assertThat(failure.sentence())
        .contains("(it said: \"\\x1b]0;title\\x07no\\u{202e}\\npassword: zzz")
        .hasSizeLessThan(1_500);
  }

  @Test
  void moreThanTheWindowHoldsEndsTheSession() throws Exception {
    long channel = started();
    byte[] packet = new byte[PACKET];

    for (long sent = 0; sent <= OURS; sent += PACKET) {
      peer.send(SSH_MSG_CHANNEL_DATA, channel, packet);
    }

    assertBroken("more data than the window of a channel had room for");
    assertThat(process.output().available()).isLessThanOrEqualTo((int) OURS);
  }

  @Test
  void aPacketLargerThanWeTakeEndsTheSession() throws Exception {
    long channel = started();

    peer.send(SSH_MSG_CHANNEL_DATA, channel, new byte[PACKET * 2]);

    HopFailure failure = end();
    assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
    assertThat(failure.sentence()).contains("Bad length (65536)");
  }

  @Test
  void aLengthThatLiesEndsTheSession() throws Exception {
    long channel = started();

    peer.send(SSH_MSG_CHANNEL_DATA, channel, 0x7fff_ffffL);

    assertThat(end().code()).isEqualTo(Code.PROTOCOL_ERROR);
  }

  @Test
  void whatComesAfterTheEndIsNotRead() throws Exception {
    long channel = started();
    peer.send(SSH_MSG_CHANNEL_DATA, channel, bytes("all"));
    peer.send(SSH_MSG_CHANNEL_EOF, channel);
    peer.send(SSH_MSG_CHANNEL_DATA, channel, bytes("and more"));
    peer.send(SSH_MSG_CHANNEL_EOF, channel);
    exitStatus(channel, 3);
    peer.send(SSH_MSG_CHANNEL_CLOSE, channel);

    assertThat(process.waitFor().exitStatus()).hasValue(3);
    assertThat(process.output().readAllBytes()).isEqualTo(bytes("all"));
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void aSecondExitStatusIsTheOneThatCounts() throws Exception {
    long channel = started();
    exitStatus(channel, 0);
    exitStatus(channel, 9);
    peer.send(SSH_MSG_CHANNEL_CLOSE, channel);
    exitStatus(channel, 0);

    assertThat(process.waitFor()).isEqualTo(new ExecResult(OptionalInt.of(9), Optional.empty()));
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void aSuccessThatNobodyAskedForMeansNothing() throws Exception {
    CompletableFuture<RemoteProcess> starting = session.exec("x");
    long channel = peer.expectOpen();
    peer.send(SSH_MSG_CHANNEL_SUCCESS, channel);
    peer.confirm(channel);
    peer.expect(SSH_MSG_CHANNEL_REQUEST);
    assertThat(starting).isNotDone();

    peer.send(SSH_MSG_CHANNEL_SUCCESS, channel);
    peer.send(SSH_MSG_CHANNEL_SUCCESS, channel);

    done(starting).input().write(1);
    peer.expect(SSH_MSG_CHANNEL_DATA);
  }

  @Test
  void aChannelThatIsConfirmedTwiceEndsTheSession() throws Exception {
    long channel = started();

    peer.confirm(channel);

    assertBroken("a channel that nobody asked for was confirmed");
    assertThat(peer.heardMore()).isFalse();
  }

  @Test
  void aChannelThatTakesNoPacketsEndsTheSession() throws Exception {
    CompletableFuture<RemoteProcess> starting = session.exec("x");
    peer.send(SSH_MSG_CHANNEL_OPEN_CONFIRMATION, peer.expectOpen(), 7L, 100L, 0L);

    assertThat(failure(starting).code()).isEqualTo(Code.PROTOCOL_ERROR);
    assertThat(end().code()).isEqualTo(Code.PROTOCOL_ERROR);
  }

  @Test
  void aWindowThatOverflowsStaysAsLargeAsAWindowCanBe() throws Exception {
    long channel = started();
    for (int i = 0; i < 5; i++) {
      peer.send(SSH_MSG_CHANNEL_WINDOW_ADJUST, channel, 0xffff_ffffL);
    }

    process.input().write(1);

    peer.expect(SSH_MSG_CHANNEL_DATA);
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void messagesForChannelsThatAreNotThereMeanNothing() throws Exception {
    peer.send(SSH_MSG_CHANNEL_DATA, 99L, bytes("x"));
    peer.send(SSH_MSG_CHANNEL_EOF, 99L);
    peer.send(SSH_MSG_CHANNEL_CLOSE, 99L);
    peer.send(SSH_MSG_CHANNEL_OPEN_CONFIRMATION, 99L, 7L, 1L, 1L);

    started();
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void globalRequestsAreRefused() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      peer.send(SSH_MSG_GLOBAL_REQUEST, "hostkeys-00@openssh.com", true);
    }

    for (int i = 0; i < 1_000; i++) {
      peer.expect(SSH_MSG_REQUEST_FAILURE);
    }
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void aMessageInTheMiddleOfAKeyExchangeEndsTheSession() throws Exception {
    started();

    peer.interruptNextKeyExchange(SSH_MSG_GLOBAL_REQUEST);

    assertBroken("message 80 in the middle of a key exchange");
  }

  @Test
  void whoReadsAfterTheLinkWasLostIsToldTheHopAndTheReason() throws Exception {
    started();

    peer.session().disconnect(11, "maintenance\u0007");

    assertThat(end().code()).isEqualTo(Code.LINK_LOST);
    await().until(() -> process.ended().toCompletableFuture().isCompletedExceptionally());
    String words =
        "hop 1/1 alice@127.0.0.1 remote: the link was lost: the server said: maintenance\\x07 [PST-T009]";
    assertThatThrownBy(() -> process.output().read()).hasMessage(words);
    assertThatThrownBy(() -> process.input().write(1)).hasMessage(words);
  }

  private void exitStatus(long channel, long status) throws Exception {
    peer.send(SSH_MSG_CHANNEL_REQUEST, channel, "exit-status", false, status);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

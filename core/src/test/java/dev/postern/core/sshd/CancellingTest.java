package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.problem.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is given up is closed at the server too, and nothing else is. */
@Timeout(60)
final class CancellingTest {
  private final TestServer server = TestServer.start();
  private Rig rig;

  @BeforeEach
  void setUp() {
    rig = new Rig();
  }

  @AfterEach
  void tearDown() {
    rig.close();
    server.close();
  }

  @Test
  void aCommandThatWasCancelledBeforeItsChannelOpenedIsNeverAskedFor() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession session = rig.open(peer.port());
      CompletableFuture<RemoteProcess> starting = session.exec("rm -r everything");
      long channel = peer.expectOpen();

      starting.cancel(true);
      peer.confirm(channel);

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
      peer.send(SSH_MSG_CHANNEL_CLOSE, channel);
      assertThat(peer.heardMore()).isFalse();
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void aCommandThatWasCancelledBeforeItsAnswerIsClosed() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession session = rig.open(peer.port());
      CompletableFuture<RemoteProcess> starting = session.exec("sleep 1000");
      peer.confirm(peer.expectOpen());
      peer.expect(SSH_MSG_CHANNEL_REQUEST);

      starting.cancel(true);

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
    }
  }

  @Test
  void aCommandThatIsCancelledAtAnyMomentLeavesNoChannel() throws Exception {
    HopSession session = rig.open(server.port());
    for (int micros = 0; micros < 3_000; micros += 25) {
      CompletableFuture<RemoteProcess> starting = session.exec("anything");
      LockSupport.parkNanos(micros * 1_000L);
      if (!starting.cancel(true)) {
        done(starting).close();
      }
    }
    assertLeftAlone(session);
  }

  @Test
  void aConnectionThatWasCancelledBeforeItsChannelOpenedIsClosedThen() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession session = rig.open(peer.port());
      CompletableFuture<?> connecting = session.openTcp(new Endpoint("db", 5432));
      long channel = peer.expectOpen();

      connecting.cancel(true);
      peer.confirm(channel);

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
    }
  }

  @Test
  void aHopThatWasCancelledBeforeItsChannelOpenedClosesItThen() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession outer = rig.open(peer.port());
      CompletableFuture<HopSession> inner =
          through(outer, new Endpoint("inner", 22), ScriptedEngine.password("unused"));
      long channel = peer.expectOpen();

      inner.cancel(true);
      peer.confirm(channel);

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
      assertThat(outer.isOpen()).isTrue();
    }
  }

  @Test
  void aHopWhoseChannelOpensTooLateClosesItThen() throws Exception {
    rig.connectTimeout = Duration.ofMillis(1500);
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession outer = rig.open(peer.port());
      rig.connectTimeout = Duration.ofMillis(200);
      HopFailure failure =
          Rig.failure(through(outer, new Endpoint("inner", 22), ScriptedEngine.password("unused")));
      assertThat(failure.code()).isEqualTo(Code.CONNECT_TIMEOUT);

      peer.confirm(peer.expectOpen());

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
    }
  }

  @Test
  void aHopThatWasCancelledInItsHandshakeLeavesNoChannelAtTheHopBefore() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      HopSession outer = rig.open(server.port());
      CompletableFuture<HopSession> inner =
          through(outer, Rig.local(silent.port()), ScriptedEngine.password("unused"));
      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 1);

      inner.cancel(true);

      assertLeftAlone(outer);
      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 0);
    }
  }

  @Test
  void aHopThatWasCancelledWhileAPersonLooksAtItsKeyLeavesNoChannel() throws Exception {
    HopSession outer = rig.open(server.port());
    CountDownLatch looking = new CountDownLatch(1);
    rig.hostKeys = new Endless(looking);
    CompletableFuture<HopSession> inner =
        through(outer, Rig.local(server.port()), ScriptedEngine.password("unused"));
    assertThat(looking.await(10, SECONDS)).isTrue();

    inner.cancel(true);

    assertLeftAlone(outer);
  }

  @Test
  void aHopThatWasCancelledWhileItSignsInLeavesNoChannel() throws Exception {
    HopSession outer = rig.open(server.port());
    CountDownLatch reached = new CountDownLatch(1);
    CompletableFuture<HopSession> inner =
        through(outer, Rig.local(server.port()), ScriptedEngine.blocked(reached));
    assertThat(reached.await(10, SECONDS)).isTrue();

    inner.cancel(true);

    assertLeftAlone(outer);
  }

  @Test
  void aHopThatIsClosedWhileNobodyTakesItsBytesLeavesNoChannel() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession outer = rig.open(peer.port());
      CompletableFuture<HopSession> inner =
          through(outer, new Endpoint("inner", 22), ScriptedEngine.password("unused"));
      long channel = peer.expectOpen();
      // Room for a few bytes: what else the session says waits.
      peer.send(SSH_MSG_CHANNEL_OPEN_CONFIRMATION, channel, 7L, 4L, 32_768L);
      peer.expect(SSH_MSG_CHANNEL_DATA);

      inner.cancel(true);

      assertThat(peer.expect(SSH_MSG_CHANNEL_CLOSE).getUInt()).isEqualTo(7);
    }
  }

  private CompletableFuture<HopSession> through(
      HopSession outer, Endpoint endpoint, ScriptedEngine engine) {
    return rig.connect(Rig.info(2, 2, endpoint), outer.link(endpoint), engine);
  }

  /** The hop before has no channel any more, and still works. */
  private void assertLeftAlone(HopSession outer) throws Exception {
    await().until(() -> channels().isEmpty());
    await().until(() -> server.mina().getActiveSessions().size() == 1);
    try (RemoteProcess process = done(outer.exec("still here"))) {
      assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("still here");
    }
  }

  private List<Channel> channels() {
    return server.mina().getActiveSessions().stream()
        .filter(session -> ((ServerSession) session).isAuthenticated())
        .map(session -> session.getService(AbstractConnectionService.class).getChannels())
        .flatMap(Collection::stream)
        .toList();
  }

  /** A person who looks at the key and never decides. */
  private record Endless(CountDownLatch looking) implements HostKeyVerifier {
    @Override
    public String verify(ServerKey key) throws HopFailure {
      looking.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new HopFailure(Code.CANCELLED, Phase.HOST_KEY, "nobody decided");
    }

    @Override
    public List<String> order(HostKeyAlgorithms offered) {
      return Rig.all(offered);
    }
  }
}

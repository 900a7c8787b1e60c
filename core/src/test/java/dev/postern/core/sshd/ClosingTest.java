package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.Keepalive;
import dev.postern.problem.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ClosingTest {
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
  void closingLeavesNoConnection() throws Exception {
    HopSession session = rig.open(server.port());
    assertThat(ProcessSockets.connectedTo(server.port())).isEqualTo(1);

    done(session.close());

    assertThat(done(session.closed())).isEmpty();
    assertThat(session.isOpen()).isFalse();
    await().until(() -> ProcessSockets.connectedTo(server.port()) == 0);
  }

  @Test
  void aServerThatDisconnectsIsQuoted() throws Exception {
    HopSession session = rig.open(server.port());

    server
        .mina()
        .getActiveSessions()
        .get(0)
        .disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "going \u0007down");

    HopFailure reason = done(session.closed()).orElseThrow();
    assertThat(reason.code()).isEqualTo(Code.LINK_LOST);
    assertThat(reason.sentence()).isEqualTo("the link was lost: the server said: going \\x07down");
  }

  @Test
  void aConnectionThatBreaksIsLost() {
    HopSession session = rig.open(server.port());

    server.mina().getActiveSessions().get(0).close(true);

    assertThat(done(session.closed()).orElseThrow().code()).isEqualTo(Code.LINK_LOST);
  }

  @Test
  void aServerThatNoLongerAnswersIsGivenUp() throws Exception {
    rig.keepalive = new Keepalive(Duration.ofMillis(200), 2);
    try (Relay relay = new Relay(server.port())) {
      HopSession session = rig.open(relay.port());

      relay.freeze();

      HopFailure reason = done(session.closed()).orElseThrow();
      assertThat(reason.code()).isEqualTo(Code.LINK_LOST);
      assertThat(reason.sentence())
          .isEqualTo("the link was lost: 2 keepalive requests in a row were not answered");
    }
  }

  @Test
  void aServerThatAnswersIsAliveHoweverOftenItIsAsked() {
    // Dead after two seconds if answers did not count, and patient with a machine that is busy.
    rig.keepalive = new Keepalive(Duration.ofMillis(100), 20);
    HopSession session = rig.open(server.port());

    await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void cancellingWhileAPersonIsAskedLeavesNothing() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    ScriptedEngine engine = ScriptedEngine.blocked(reached);
    CompletableFuture<HopSession> opening = rig.dial(server.port(), engine);
    assertThat(reached.await(10, SECONDS)).isTrue();

    opening.cancel(true);

    assertThat(engine.isClosedSoon()).isTrue();
    assertThat(engine.interrupted).isTrue();
    await().until(() -> ProcessSockets.connectedTo(server.port()) == 0);
  }

  @Test
  void cancellingAtAnyMomentLeavesNothing() throws Exception {
    for (int micros = 0; micros < 40_000; micros += 1_500) {
      ScriptedEngine engine = ScriptedEngine.password(TestServer.PASSWORD);
      CompletableFuture<HopSession> opening = rig.dial(server.port(), engine);
      LockSupport.parkNanos(micros * 1_000L);
      boolean cancelled = opening.cancel(true);
      assertThat(engine.isClosedSoon()).isTrue();
      if (!cancelled) {
        done(done(opening).close());
      }
    }
    await().until(() -> ProcessSockets.connectedTo(server.port()) == 0);
    await().until(() -> server.mina().getActiveSessions().isEmpty());
  }

  @Test
  void cancellingANestedHandshakeClosesItsChannelOnly() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      HopSession outer = rig.open(server.port());
      Endpoint target = Rig.local(silent.port());
      CompletableFuture<HopSession> inner =
          rig.connect(
              Rig.info(2, 2, target), outer.link(target), ScriptedEngine.password("unused"));
      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 1);

      inner.cancel(true);

      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 0);
      assertThat(outer.isOpen()).isTrue();
    }
  }

  @Test
  void aChannelOfAPluginCarriesASessionAndIsClosedWithIt() throws Exception {
    AsynchronousSocketChannel channel = connected();

    HopSession session = done(over(channel, ScriptedEngine.password(TestServer.PASSWORD)));
    assertThat(done(session.exec("x"))).isNotNull();
    done(session.close());

    await().until(() -> !channel.isOpen());
  }

  @Test
  void aPluginsChannelIsClosedWhenTheKnownKeysCannotBeRead() throws Exception {
    rig.hostKeys = new Unreadable();
    AsynchronousSocketChannel channel = connected();
    ScriptedEngine engine = ScriptedEngine.password("unused");

    HopFailure failure = failure(over(channel, engine));

    assertThat(failure.code()).isEqualTo(Code.HOST_KEY_FILE_UNREADABLE);
    assertThat(channel.isOpen()).isFalse();
    assertThat(engine.isClosedSoon()).isTrue();
  }

  @Test
  void closingTheConnectorEndsSessionsAndAttempts() throws Exception {
    HopSession open = rig.open(server.port());
    AsynchronousSocketChannel channel = connected();
    HopSession carried = done(over(channel, ScriptedEngine.password(TestServer.PASSWORD)));
    CountDownLatch reached = new CountDownLatch(1);
    ScriptedEngine engine = ScriptedEngine.blocked(reached);
    CompletableFuture<HopSession> opening = rig.dial(server.port(), engine);
    assertThat(reached.await(10, SECONDS)).isTrue();

    rig.connector.close();

    assertThat(failure(opening).code()).isEqualTo(Code.CLOSED);
    assertThat(engine.isClosedSoon()).isTrue();
    assertThat(done(open.closed())).isEmpty();
    assertThat(done(carried.closed())).isEmpty();
    assertThat(channel.isOpen()).isFalse();
    await().until(() -> ProcessSockets.connectedTo(server.port()) == 0);
    assertThat(failure(rig.dial(server.port(), ScriptedEngine.password("late"))).code())
        .isEqualTo(Code.CLOSED);
  }

  @Test
  void aServerThatAnswersNoCloseHoldsNobodyUp() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer()) {
      HopSession session = rig.open(peer.port());
      CompletableFuture<RemoteProcess> running = session.exec("x");
      peer.startCommand();
      RemoteProcess process = done(running);
      CompletableFuture<?> unopened = session.openTcp(new Endpoint("db", 5432));
      peer.expectOpen();
      long start = System.nanoTime();

      done(session.close());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
      assertThat(failure(unopened).code()).isEqualTo(Code.CLOSED);
      assertThatThrownBy(() -> process.output().read())
          .hasMessage("hop 1/1 alice@127.0.0.1 remote: the circuit was closed [PST-T012]");
    }
  }

  @Test
  void aClosedConnectorLeavesNoThread() {
    rig.open(server.port());

    rig.connector.close();

    await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private CompletableFuture<HopSession> over(
      AsynchronousSocketChannel channel, ScriptedEngine engine) {
    return rig.connect(
        Rig.info(1, 1, new Endpoint("behind-a-plugin", 22)), Link.over(channel), engine);
  }

  private AsynchronousSocketChannel connected() throws Exception {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    channel
        .connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port()))
        .get(5, SECONDS);
    return channel;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("postern-") || name.startsWith("SshClient"))
        .toList();
  }
}

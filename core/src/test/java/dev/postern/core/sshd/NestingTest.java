package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NestingTest {
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aChainRunsCommandsAtItsEndWithoutAListener(int length) throws Exception {
    Set<String> before = ProcessSockets.listening();
    int[] ports = new int[length];
    Arrays.fill(ports, server.port());

    List<HopSession> hops = rig.chain(ports);

    assertThat(say(hops.get(length - 1), "hello")).isEqualTo("hello");
    assertThat(ProcessSockets.listening()).isEqualTo(before);
  }

  @Test
  void closingTheOuterHopEndsTheInnerOneAndSaysWhichHopItWas() {
    List<HopSession> hops = rig.chain(server.port(), server.port());

    done(hops.get(0).close());

    HopFailure reason = done(hops.get(1).closed()).orElseThrow();
    assertThat(reason.code()).isEqualTo(Code.LINK_LOST);
    assertThat(reason.sentence())
        .isEqualTo("the link was lost: hop 1/2 alice@127.0.0.1, which carried it, was closed");
    assertThat(done(hops.get(0).closed())).isEmpty();
  }

  @Test
  void aMiddleHopThatDiesEndsWhatHangsOnItAndIsNamed() {
    try (TestServer middle = TestServer.start()) {
      List<HopSession> hops = rig.chain(server.port(), middle.port(), server.port());

      middle.mina().getActiveSessions().forEach(session -> session.close(true));

      HopFailure last = done(hops.get(2).closed()).orElseThrow();
      assertThat(last.code()).isEqualTo(Code.LINK_LOST);
      assertThat(last.sentence())
          .startsWith("the link was lost: hop 2/3 alice@127.0.0.1, which carried it, is gone: ");
      assertThat(done(hops.get(1).closed()).orElseThrow().sentence())
          .isEqualTo("the link was lost: the other side closed the connection");
      assertThat(hops.get(0).isOpen()).isTrue();
    }
  }

  @Test
  void twoSessionsShareAHopAndOneEndsWithoutTheOther() throws Exception {
    HopSession outer = rig.open(server.port());
    HopSession one = through(outer);
    HopSession other = through(outer);

    done(one.close());

    assertThat(done(one.closed())).isEmpty();
    assertThat(say(other, "still here")).isEqualTo("still here");
    assertThat(say(outer, "me too")).isEqualTo("me too");
  }

  @Test
  void aHopThatWaitsForAPersonHoldsUpNobodyElse() throws Exception {
    HopSession outer = rig.open(server.port());
    CountDownLatch reached = new CountDownLatch(1);
    Endpoint endpoint = Rig.local(server.port());
    CompletableFuture<HopSession> waiting =
        rig.connect(
            Rig.info(2, 2, endpoint), outer.link(endpoint), ScriptedEngine.blocked(reached));
    assertThat(reached.await(10, SECONDS)).isTrue();

    assertThat(say(outer, "quick")).isEqualTo("quick");
    assertThat(waiting).isNotDone();
    waiting.cancel(true);
  }

  @Test
  void aLargeStreamArrivesIntactWhileAFastSenderWaitsForASlowReader() throws Exception {
    List<HopSession> hops = rig.chain(server.port(), server.port());
    long size = 256L << 20;
    long position = 0;
    System.gc();
    long before = used();
    long most = 0;
    try (RemoteProcess process = done(hops.get(1).exec("bytes " + size));
        InputStream output = process.output()) {
      byte[] block = new byte[64 * 1024];
      for (int count = output.read(block); count >= 0; count = output.read(block)) {
        for (int i = 0; i < count; i++) {
          if (block[i] != TestServer.byteAt(position + i)) {
            throw new AssertionError("wrong byte at " + (position + i));
          }
        }
        if (position >> 24 != position + count >> 24) {
          System.gc();
          most = Math.max(most, used() - before);
        }
        position += count;
      }
    }
    assertThat(position).isEqualTo(size);
    assertThat(most).isLessThan(64L << 20);
  }

  @Test
  void moreSessionsNeedNoMoreThreads() throws Exception {
    HopSession outer = rig.open(server.port());
    through(outer);
    await().until(() -> threads("rig-blocking") <= 4);
    long before = threads("postern");

    for (int i = 0; i < 50; i++) {
      through(outer);
    }

    assertThat(threads("postern")).isLessThanOrEqualTo(before + 6);
  }

  @Test
  void aTargetThatNobodyListensAtIsTheOuterHopsNewsAndLeavesItOpen() throws Exception {
    HopSession outer = rig.open(server.port());
    RawServer gone = RawServer.silent();
    Endpoint target = Rig.local(gone.port());
    gone.close();

    HopFailure failure =
        failure(
            rig.connect(
                Rig.info(2, 2, target), outer.link(target), ScriptedEngine.password("unused")));

    assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
    assertThat(failure.sentence())
        .startsWith("hop 1/1 alice@127.0.0.1 cannot reach " + target + " (it said: \"")
        .endsWith("; the name is resolved there, and the port must answer from there");
    assertThat(say(outer, "fine")).isEqualTo("fine");
  }

  @Test
  void aNameThatOnlyTheHopCouldResolveIsNotLookedUpHere() {
    HopSession outer = rig.open(server.port());
    Endpoint target = new Endpoint("a".repeat(64) + ".invalid", 22);

    HopFailure failure =
        failure(
            rig.connect(
                Rig.info(2, 2, target), outer.link(target), ScriptedEngine.password("unused")));

    assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
    assertThat(rig.trail).noneMatch(entry -> entry.startsWith("2 resolve"));
  }

  @Test
  void aHopThatForbidsForwardingIsNamedWithWhatItSaid() {
    try (TestServer strict =
        TestServer.start(mina -> mina.setForwardingFilter(RejectAllForwardingFilter.INSTANCE))) {
      HopSession outer = rig.open(strict.port());
      Endpoint target = Rig.local(server.port());

      HopFailure failure =
          failure(
              rig.connect(
                  Rig.info(2, 2, target), outer.link(target), ScriptedEngine.password("unused")));

      assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
      assertThat(failure.sentence())
          .isEqualTo(
              "hop 1/1 alice@127.0.0.1 forbids forwarding to "
                  + target
                  + " (it said: \"Generic error while opening channel: 0\"); allow it there (AllowTcpForwarding,"
                  + " PermitOpen), or go through another hop");
    }
  }

  @Test
  void aLinkThroughAHopThatIsClosedFails() {
    HopSession outer = rig.open(server.port());
    Endpoint target = Rig.local(server.port());
    Link link = outer.link(target);
    done(outer.close());

    HopFailure failure =
        failure(rig.connect(Rig.info(2, 2, target), link, ScriptedEngine.password("unused")));

    assertThat(failure.code()).isEqualTo(Code.LINK_LOST);
    assertThat(failure.sentence()).isEqualTo("hop 1/1 alice@127.0.0.1 is no longer open");
  }

  @Test
  void anOuterHopThatDiesDuringTheInnerHandshakeFailsItAndIsNamed() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      HopSession outer = rig.open(server.port());
      Endpoint target = Rig.local(silent.port());
      CompletableFuture<HopSession> inner =
          rig.connect(
              Rig.info(2, 2, target), outer.link(target), ScriptedEngine.password("unused"));
      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 1);

      server.mina().getActiveSessions().forEach(session -> session.close(true));

      assertThat(failure(inner).sentence()).contains("hop 1/1 alice@127.0.0.1, which carried it, ");
    }
  }

  private HopSession through(HopSession outer) {
    Endpoint endpoint = Rig.local(server.port());
    return done(
        rig.connect(
            Rig.info(2, 2, endpoint),
            outer.link(endpoint),
            ScriptedEngine.password(TestServer.PASSWORD)));
  }

  private static String say(HopSession session, String text) throws Exception {
    try (RemoteProcess process = done(session.exec(text))) {
      return new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}

package dev.postern.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TcpStream;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.PluginUse;
import dev.postern.core.config.Reconnect;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Listeners;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.memory.HostMemory;
import dev.postern.problem.Code;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Opening, sharing, cancelling and closing, without a network. */
@SuppressWarnings("NullAway")
final class CircuitOpenerTest {
  private final ExecutorService blocking = Executors.newCachedThreadPool();
  private final FakeConnector connector = new FakeConnector();
  private final FakeTransports transports = new FakeTransports();
  private final FakeServices services = new FakeServices();
  private final CircuitOpener opener =
      new CircuitOpener(
          new HopPool(new HopOpener(connector, services, blocking)),
          new Listeners(new SocketLoop(), blocking));

  @AfterEach
  void stop() {
    blocking.shutdownNow();
  }

  @Test
  void hopsAreOpenedInOrderEachThroughTheOneBefore() throws Exception {
    CompletableFuture<Circuit> opening = opener.open(route("a", "b", "c"));
    accept("a");
    accept("b");
    accept("c");
    assertThat(opening.get().isOpen()).isTrue();
    assertThat(connector.journal).containsExactly("connect a", "connect b", "connect c");
    assertThat(connector.last("c").attempt().link())
        .isEqualTo(new FakeSession.FakeLink("b", new Endpoint("c", 22)));
  }

  @Test
  void closingGoesFromTheLastHopToTheFirst() throws Exception {
    Circuit circuit = open(route("a", "b", "c"));
    connector.journal.clear();
    circuit.close();
    assertThat(connector.journal).containsExactly("close c", "close b", "close a");
    assertThat(circuit.closed().toCompletableFuture().get()).isEmpty();
  }

  @Test
  void hopsThatDoNotSayGoodbyeShareOneGrace() throws Exception {
    Circuit circuit = open(route("a", "b", "c"));
    for (String host : List.of("a", "b", "c")) {
      session(host).deaf = true;
    }
    long begun = System.nanoTime();
    circuit.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_500));
    assertThat(connector.journal).endsWith("end c", "end b", "end a");
  }

  @Test
  void aHopThatOthersUseIsNotEndedForOneThatDoesNotSayGoodbye() throws Exception {
    Circuit other = open(route("a", "b"));
    Circuit circuit = open(route("a", "c"));
    session("c").deaf = true;
    circuit.close();
    assertThat(connector.journal).endsWith("end c");
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void twoOpeningsAtOnceShareTheAttemptAtTheFirstHop() throws Exception {
    CompletableFuture<Circuit> one = opener.open(route("a", "b"));
    CompletableFuture<Circuit> two = opener.open(route("a", "c"));
    accept("a");
    accept("b");
    accept("c");
    one.get().close();
    assertThat(connector.connections("a")).isEqualTo(1);
    assertThat(connector.journal).doesNotContain("close a");
    two.get().close();
    assertThat(connector.journal).endsWith("close c", "close a");
  }

  @Test
  void theLastOfSeveralHopsIsNotShared() throws Exception {
    Circuit one = open(route("a", "b"));
    CompletableFuture<Circuit> two = opener.open(route("a", "b"));
    Awaitility.await().until(() -> connector.connections("b") == 2);
    accept("b");
    assertThat(two.get().isOpen()).isTrue();
    assertThat(connector.connections("a")).isEqualTo(1);
    one.close();
    assertThat(two.get().isOpen()).isTrue();
  }

  @Test
  void aHopThatDiedIsNotSharedAgain() throws Exception {
    Circuit one = open(route("a", "b"));
    session("a").die(lost());
    assertThat(one.isOpen()).isFalse();
    open(route("a", "c"));
    assertThat(connector.connections("a")).isEqualTo(2);
  }

  @Test
  void aDeadHopClosesTheCircuitAndNamesItself() throws Exception {
    Circuit circuit = open(route("a", "b"));
    session("a").die(lost());
    Optional<CircuitException> reason = circuit.closed().toCompletableFuture().get();
    assertThat(reason).isPresent();
    assertThat(reason.orElseThrow()).hasMessage("hop 1/2 u@a remote: the link was lost [PST-T009]");
    assertThat(connector.journal).contains("close b");
  }

  @Test
  void aHopThatTakesOthersWithItIsTheOneThatIsNamed() throws Exception {
    Circuit circuit = open(route("a", "b", "c"));
    session("b").closing = true;

    session("c").die(new HopFailure(Code.LINK_LOST, Phase.REMOTE, "b carried it"));
    session("b").die(new HopFailure(Code.LINK_LOST, Phase.REMOTE, "cut"));

    CircuitException reason = circuit.closed().toCompletableFuture().get().orElseThrow();
    assertThat(reason.hop().orElseThrow().endpoint().host()).isEqualTo("b");
    assertThat(reason).hasMessageContaining("cut");
  }

  @Test
  void whatFailsSinceALostHopClosedTheOthersNamesTheLostOne() throws Exception {
    Circuit circuit = open(route("a", "b"));
    session("a").die(lost());
    session("b")
        .process
        .completeExceptionally(new HopFailure(Code.CLOSED, Phase.REMOTE, "the circuit was closed"));
    assertThatThrownBy(() -> circuit.exec("true"))
        .hasMessage("hop 1/2 u@a remote: the link was lost [PST-T009]");
  }

  /** The end of a hop reaches one after the other, and what it carried in between. */
  @Test
  void aHopThatDiedIsNamedEvenIfThisCircuitIsYetToHearOfIt() throws Exception {
    Circuit circuit = open(route("a", "b", "c"));
    HopFailure carried = new HopFailure(Code.LINK_LOST, Phase.REMOTE, "b carried it");
    // Added last, it runs first.
    session("b").closed().thenAccept(why -> session("c").die(carried));

    session("b").die(new HopFailure(Code.LINK_LOST, Phase.REMOTE, "cut"));

    CircuitException reason = circuit.closed().toCompletableFuture().get().orElseThrow();
    assertThat(reason).hasMessage("hop 2/3 u@b remote: cut [PST-T009]");
  }

  @Test
  void anInterruptedExecGivesItsChannelUp() throws Exception {
    Circuit circuit = open(route("a"));

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> circuit.exec("x")).isInstanceOf(InterruptedException.class);
    assertThat(session("a").process.isCancelled()).isTrue();
  }

  @Test
  void aFailedHopClosesTheOnesBeforeIt() {
    CompletableFuture<Circuit> opening = opener.open(route("a", "b"));
    accept("a");
    awaitAttempt("b");
    connector
        .last("b")
        .session()
        .completeExceptionally(new HopFailure(Code.AUTH_DENIED, Phase.AUTH, "no"));
    assertThatThrownBy(opening::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CircuitException.class)
        .hasMessage("hop 2/2 u@b auth: no [PST-A001]");
    assertThat(connector.journal).endsWith("close a");
    Awaitility.await().until(() -> transports.open.isEmpty());
  }

  @Test
  void aPlanThatCannotBeMadeClosesWhatTheTransportGave() throws Exception {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    transports.link = Optional.of(Link.over(channel));
    services.failure =
        Optional.of(new HopFailure(Code.AUTH_STRATEGY_MISCONFIGURED, Phase.AUTH, "no key"));
    assertThatThrownBy(() -> opener.open(route("a")).get())
        .hasStackTraceContaining("no key [PST-A004]");
    Awaitility.await().until(() -> !channel.isOpen() && transports.open.isEmpty());
  }

  @Test
  void cancellingAnOpeningUndoesIt() {
    CompletableFuture<Circuit> opening = opener.open(route("a", "b"));
    accept("a");
    awaitAttempt("b");
    opening.cancel(true);
    Awaitility.await().until(() -> connector.journal.contains("close a"));
    assertThat(connector.journal).contains("cancel b");
    Awaitility.await().until(() -> transports.open.isEmpty());
  }

  @Test
  void cancellingOneOfTwoOpeningsLeavesTheSharedAttemptAlone() throws Exception {
    CompletableFuture<Circuit> one = opener.open(route("a", "b"));
    CompletableFuture<Circuit> two = opener.open(route("a", "c"));
    awaitAttempt("a");
    one.cancel(true);
    accept("a");
    accept("c");
    assertThat(two.get().isOpen()).isTrue();
    assertThat(connector.journal).doesNotContain("cancel a");
  }

  @Test
  void whatWasOpenedOnASharedHopIsClosedWithItsCircuit() throws Exception {
    Circuit one = open(route("a"));
    open(route("a"));
    AtomicBoolean streamClosed = new AtomicBoolean();
    ((FakeSession) connector.last("a").session().join())
        .stream.complete(new FakeStream(streamClosed));
    one.openTcp(new Endpoint("x", 80));
    one.close();
    assertThat(streamClosed).isTrue();
    assertThat(connector.journal).doesNotContain("close a");
  }

  @Test
  void closingTheOpenerClosesEveryCircuit() throws Exception {
    Circuit one = open(route("a", "b"));
    Circuit two = open(route("c"));
    opener.close();
    assertThat(one.isOpen()).isFalse();
    assertThat(two.isOpen()).isFalse();
  }

  private Circuit open(RoutePlan plan) throws Exception {
    CompletableFuture<Circuit> opening = opener.open(plan);
    for (HopPlan hop : plan.hops()) {
      String host = hop.info().endpoint().host();
      if (!opening.isDone()) {
        Awaitility.await()
            .until(() -> opening.isDone() || (connector.connections(host) > 0 && settled(host)));
      }
    }
    return opening.get();
  }

  private boolean settled(String host) {
    FakeConnector.Pending pending = connector.last(host);
    if (!pending.session().isDone()) {
      connector.accept(host);
    }
    return true;
  }

  private FakeSession session(String host) {
    return (FakeSession) connector.last(host).session().join();
  }

  private void accept(String host) {
    awaitAttempt(host);
    connector.accept(host);
  }

  private void awaitAttempt(String host) {
    Awaitility.await().until(() -> connector.connections(host) > 0);
  }

  private static HopFailure lost() {
    return new HopFailure(Code.LINK_LOST, Phase.REMOTE, "the link was lost");
  }

  private RoutePlan route(String... hosts) {
    List<HopPlan> hops = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      HopInfo info = new HopInfo(i + 1, hosts.length, "u", new Endpoint(hosts[i], 22));
      hops.add(
          new HopPlan(
              info,
              new PluginUse<>("fake", transports, new NoSettings()),
              List.of(),
              POLICY,
              hosts[i]));
    }
    return new RoutePlan("test", hops, List.of(), UNSUPERVISED);
  }

  private static final Reconnect UNSUPERVISED =
      new Reconnect(
          false, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, OptionalInt.empty());

  private static final HopPolicy POLICY =
      new HopPolicy(
          List.of(),
          List.of(),
          StrictHostKeys.YES,
          Optional.empty(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          new Keepalive(Duration.ZERO, 3),
          5,
          false,
          true);

  record NoSettings() {}

  private record FakeStream(AtomicBoolean closed) implements TcpStream {
    @Override
    public InputStream input() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream output() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  private static final class FakeTransports implements TransportProvider<NoSettings> {
    private final List<Transport> open = new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile Optional<Link> link = Optional.empty();

    @Override
    public String type() {
      return "fake";
    }

    @Override
    public Class<NoSettings> configType() {
      return NoSettings.class;
    }

    @Override
    public Transport create(NoSettings config, HopContext hop) {
      Transport transport =
          new Transport() {
            @Override
            public Link open(Endpoint endpoint, @Nullable PreviousHop previous) {
              Link usual = previous == null ? Link.dial(endpoint) : previous.openTcp(endpoint);
              return link.orElse(usual);
            }

            @Override
            public void close() {
              open.remove(this);
            }
          };
      open.add(transport);
      return transport;
    }
  }

  private static final class FakeServices implements HopServices {
    private volatile Optional<HopFailure> failure = Optional.empty();

    @Override
    public HopContext transportContext(TrailRecorder trail) {
      return null;
    }

    @Override
    public AuthEngine engine(HopPlan plan, TrailRecorder trail) throws HopFailure {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return null;
    }

    @Override
    public HostKeyVerifier verifier(HopPlan plan) {
      return null;
    }

    @Override
    public HostMemory memory(HopPlan plan) {
      return HostMemory.NONE;
    }
  }
}

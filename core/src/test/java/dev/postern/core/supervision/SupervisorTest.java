package dev.postern.core.supervision;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.secret.SecretException;
import dev.postern.api.transport.TransportProvider;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.Trail;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.PluginUse;
import dev.postern.core.config.Reconnect;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.Exit;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.secret.UnansweredException;
import dev.postern.core.secret.UnsafeSecretFileException;
import dev.postern.core.transport.DirectTransportProvider;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
  private static final HopInfo HOP = new HopInfo(1, 1, "alice", new Endpoint("bastion", 22));
  private static final ForwardSpec LOCAL = ForwardSpec.of("127.0.0.1:0", "localhost:5432");
  private static final ForwardSpec REMOTE =
      ForwardSpec.remote(ForwardAddress.of("localhost:0"), ForwardAddress.of("localhost:80"));

  private final FakeTimer timer = new FakeTimer();
  private final List<SupervisionEvent> events = new ArrayList<>();
  private final List<CompletableFuture<Line>> openings = new ArrayList<>();
  private Exit exit = target -> new CompletableFuture<>();

  private Supervisor start(OptionalInt attempts, ForwardSpec... forwards) {
    return start(
        new Reconnect(true, ofSeconds(1), ofSeconds(60), ofSeconds(30), attempts), forwards);
  }

  private Supervisor start(Reconnect reconnect, ForwardSpec... forwards) {
    HopPolicy policy =
        new HopPolicy(
            List.of(),
            List.of(),
            StrictHostKeys.YES,
            Optional.empty(),
            ofSeconds(15),
            ofSeconds(15),
            new Keepalive(Duration.ZERO, 3),
            5,
            false,
            true);
    TransportProvider<?> transport = new DirectTransportProvider();
    HopPlan hop = new HopPlan(HOP, use(transport), List.of(), policy, "bastion");
    RoutePlan plan = new RoutePlan("orders-db", List.of(hop), List.of(forwards), reconnect);
    Supervisor supervisor = new Supervisor(plan, new FakeLines(), timer, () -> 0.5, events::add);
    supervisor.start();
    return supervisor;
  }

  private static PluginUse<TransportProvider<?>> use(TransportProvider<?> transport) {
    return new PluginUse<>("direct", transport, new NoSettings());
  }

  record NoSettings() {}

  private final class FakeLines implements Lines {
    @Override
    public CompletableFuture<Line> open() {
      CompletableFuture<Line> opening = new CompletableFuture<>();
      openings.add(opening);
      return opening;
    }

    @Override
    public CompletableFuture<Forward> listen(ForwardSpec spec, Exit to, Consumer<String> record) {
      exit = to;
      return CompletableFuture.completedFuture(new FakeLine.FakeForward(spec));
    }
  }

  private FakeLine comesUp() {
    FakeLine line = new FakeLine();
    openings.get(openings.size() - 1).complete(line);
    return line;
  }

  private void fails(Code code, String sentence) {
    openings.get(openings.size() - 1).completeExceptionally(failure(code, sentence));
  }

  private void fails(CircuitException failure) {
    openings.get(openings.size() - 1).completeExceptionally(failure);
  }

  private static CircuitException caused(Code code, Throwable cause) {
    return new CircuitException(
        code,
        Phase.AUTH,
        HOP,
        "no secret",
        new Trail(List.of()),
        new HopFailure(code, Phase.AUTH, "no secret", cause));
  }

  private static CircuitException failure(Code code, String sentence) {
    return new CircuitException(code, Phase.CONNECT, HOP, sentence, new Trail(List.of()), null);
  }

  private static void lose(FakeLine line) {
    line.end.complete(Optional.of(failure(Code.LINK_LOST, "the link was lost")));
  }

  private FakeLine comesUpAndLastsForTheGateTime() {
    FakeLine line = comesUp();
    timer.pass(ofSeconds(30));
    return line;
  }

  @Test
  void aFirstFailureIsNoReasonToTryAgain() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    fails(Code.CONNECT_FAILED, "connection refused");
    assertThat(supervisor.state()).isEqualTo(ForwardState.FAILED);
    assertThat(supervisor.up())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("hop 1/1 alice@bastion connect: connection refused [PST-T002]");
    assertThat(openings).hasSize(1);
    assertThat(timer.isIdle()).isTrue();
  }

  @Test
  void anEndWithinTheGateTimeOfTheFirstOpeningIsNoReasonToTryAgain() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    FakeLine line = comesUp();
    assertThat(supervisor.state()).isEqualTo(ForwardState.UP);
    timer.pass(ofSeconds(29));
    lose(line);
    assertThat(supervisor.state()).isEqualTo(ForwardState.FAILED);
    assertThat(supervisor.lastFailure().orElseThrow())
        .hasMessage(
            "hop 1/1 alice@bastion connect: the circuit was lost 29s after it first came up, within"
                + " the gate time of 30s, so it is not opened anew (reconnect.gate-time = 0s does"
                + " without a gate): the link was lost [PST-T009] [PST-F021]");
  }

  @Test
  void whatIsLostIsOpenedAnewAfterWaitsThatDoubleUpToTheirBound() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    assertThat(supervisor.state()).isEqualTo(ForwardState.RECONNECTING);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      int before = openings.size();
      timer.pass(ofSeconds(seconds).minus(ofMillis(1)));
      assertThat(openings).hasSize(before);
      timer.pass(ofMillis(1));
      assertThat(openings).hasSize(before + 1);
      fails(Code.CONNECT_FAILED, "connection refused");
    }
    timer.pass(ofSeconds(60));
    comesUp();
    assertThat(supervisor.state()).isEqualTo(ForwardState.UP);
    assertThat(events.get(events.size() - 1).attempt()).isEqualTo(9);
  }

  @Test
  void theWaitBeginsAnewOnlyOnceItWasUpForTheGateTime() {
    start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    timer.pass(ofSeconds(1));
    FakeLine flapping = comesUp();
    timer.pass(ofSeconds(5));
    lose(flapping);
    assertThat(events.get(events.size() - 1).nextAttemptIn()).contains(ofSeconds(2));
    timer.pass(ofSeconds(2));
    lose(comesUpAndLastsForTheGateTime());
    assertThat(events.get(events.size() - 1).nextAttemptIn()).contains(ofSeconds(1));
  }

  @Test
  void whatCannotGetBetterStopsIt() {
    for (Code code :
        List.of(
            Code.AUTH_DENIED,
            Code.HOST_KEY_CHANGED,
            Code.HOST_KEY_UNKNOWN,
            Code.CONFIG_UNREADABLE,
            Code.PLUGIN_BROKEN,
            Code.SECRET_UNAVAILABLE)) {
      openings.clear();
      Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
      lose(comesUpAndLastsForTheGateTime());
      timer.pass(ofSeconds(1));
      fails(code, "no");
      assertThat(supervisor.state()).as(code.id()).isEqualTo(ForwardState.FAILED);
      assertThat(supervisor.lastFailure().orElseThrow().code()).isEqualTo(code);
      assertThat(timer.isIdle()).isTrue();
    }
  }

  @Test
  void aSourceThatGaveItsSecretOnceIsAskedAgain() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    timer.pass(ofSeconds(1));
    SecretException vault = new SecretException("the command 'vault' ended with 2");
    fails(caused(Code.SECRET_UNAVAILABLE, vault));
    assertThat(supervisor.state()).isEqualTo(ForwardState.RECONNECTING);
    timer.pass(ofSeconds(2));
    fails(
        caused(
            Code.AUTH_STRATEGY_MISCONFIGURED, new MisconfiguredException("no passphrase", vault)));
    assertThat(supervisor.state()).isEqualTo(ForwardState.RECONNECTING);
    timer.pass(ofSeconds(4));
    comesUp();
    assertThat(supervisor.state()).isEqualTo(ForwardState.UP);
  }

  @Test
  void aServerOrAPersonThatWasTooSlowIsAskedAgain() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    timer.pass(ofSeconds(1));
    fails(Code.AUTH_TIMEOUT, "signing in took longer than 15s");
    assertThat(supervisor.state()).isEqualTo(ForwardState.RECONNECTING);
  }

  @Test
  void aPersonWhoGaveNoAnswerIsNotAskedAgain() {
    SecretException none = new SecretException("the question was not answered");
    expectTheEndAfter(new SecretException("not answered", new UnansweredException(none)));
  }

  @Test
  void aSecretFileThatOthersMayReadEndsIt() {
    expectTheEndAfter(new SecretException("unsafe", new UnsafeSecretFileException("0644")));
  }

  private void expectTheEndAfter(SecretException cause) {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    timer.pass(ofSeconds(1));
    fails(caused(Code.SECRET_UNAVAILABLE, cause));
    assertThat(supervisor.state()).isEqualTo(ForwardState.FAILED);
    assertThat(timer.isIdle()).isTrue();
  }

  @Test
  void aSourceThatFailsAtTheFirstOpeningEndsIt() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    fails(caused(Code.SECRET_UNAVAILABLE, new SecretException("the command 'vault' failed")));
    assertThat(supervisor.state()).isEqualTo(ForwardState.FAILED);
  }

  @Test
  void asManyFailuresInARowAsAreAllowedStopIt() {
    Supervisor supervisor = start(OptionalInt.of(2), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    timer.pass(ofSeconds(1));
    fails(Code.CONNECT_FAILED, "connection refused");
    timer.pass(ofSeconds(2));
    fails(Code.CONNECT_FAILED, "connection refused");
    assertThat(supervisor.state()).isEqualTo(ForwardState.FAILED);
    assertThat(supervisor.lastFailure().orElseThrow())
        .hasMessage(
            "hop 1/1 alice@bastion connect: gave up after 2 attempts in a row (reconnect.attempts),"
                + " the last of which failed: connection refused [PST-T002] [PST-F022]");
  }

  @Test
  void withReconnectOffItEndsWithItsCircuit() {
    Reconnect off =
        new Reconnect(false, ofSeconds(1), ofSeconds(60), ofSeconds(30), OptionalInt.empty());
    Supervisor supervisor = start(off, LOCAL);
    lose(comesUp());
    assertThat(supervisor.ended().join().orElseThrow())
        .hasMessage("hop 1/1 alice@bastion connect: the link was lost [PST-T009]");
  }

  @Test
  void connectionsWaitForTheNextCircuit() {
    start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    CompletableFuture<Duplex> connection = exit.open(ForwardAddress.of("localhost:5432"));
    timer.pass(ofSeconds(1));
    assertThat(connection).isNotDone();
    FakeLine second = comesUp();
    assertThat(second.opened).containsExactly(ForwardAddress.of("localhost:5432"));
  }

  @Test
  void connectionsWaitNoLongerThanTheConnectTimeout() {
    start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    CompletableFuture<Duplex> connection = exit.open(ForwardAddress.of("localhost:5432"));
    timer.pass(ofSeconds(15));
    assertThat(connection)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(HopFailure.class)
        .withMessageContaining(
            "there is no circuit to go through: hop 1/1 alice@bastion connect: the link was lost"
                + " [PST-T009]");
  }

  @Test
  void aConnectionThatFindsTheCircuitDeadWaitsForTheNext() {
    start(OptionalInt.empty(), LOCAL);
    FakeLine first = comesUpAndLastsForTheGateTime();
    CompletableFuture<Duplex> connection = exit.open(ForwardAddress.of("localhost:5432"));
    first.reached.completeExceptionally(
        new HopFailure(Code.LINK_LOST, Phase.CHANNEL, "the link was lost"));
    assertThat(connection).isNotDone();
    lose(first);
    timer.pass(ofSeconds(1));
    assertThat(comesUp().opened).hasSize(1);
  }

  @Test
  void theFarEndIsAskedForTheSamePortUntilItHasIt() {
    Supervisor supervisor = start(OptionalInt.empty(), REMOTE);
    FakeLine first = comesUpAndLastsForTheGateTime();
    assertThat(supervisor.forwards().get(0).address()).hasToString("localhost:4711");
    lose(first);
    timer.pass(ofSeconds(1));
    FakeLine second = new FakeLine();
    second.denial = Optional.of(failure(Code.FORWARD_DENIED, "taken"));
    openings.get(openings.size() - 1).complete(second);
    assertThat(second.asked.get(0).listen()).hasToString("localhost:4711");
    Forward forward = supervisor.forwards().get(0);
    assertThat(forward.state()).isEqualTo(ForwardState.RECONNECTING);
    assertThat(forward.counts().lastError().orElseThrow()).contains("taken");
    timer.pass(ofSeconds(1));
    assertThat(second.asked).hasSize(2);
    assertThat(farEvents()).containsExactly("UP localhost:4711 -> localhost:80 taken");
    assertThat(supervisor.lastFailure().orElseThrow().code()).isEqualTo(Code.FORWARD_DENIED);
    second.denial = Optional.empty();
    timer.pass(ofSeconds(1));
    assertThat(farEvents()).last().isEqualTo("UP localhost:4711 -> localhost:80 listens");
    assertThat(forward.state()).isEqualTo(ForwardState.UP);
    assertThat(forward.counts().received()).as("of both circuits").isEqualTo(40);
    supervisor.close();
    assertThat(forward.state()).isEqualTo(ForwardState.CLOSED);
  }

  /** What was told of forwards of the far end: the first refusal of a circuit, and its end. */
  private List<String> farEvents() {
    return events.stream()
        .filter(event -> event.forward().isPresent())
        .map(
            event ->
                "%s %s %s"
                    .formatted(
                        event.state(),
                        event.forward().get().toString().replaceFirst("^remote ", ""),
                        event.failure().isPresent() ? "taken" : "listens"))
        .toList();
  }

  @Test
  void closingReturnsInTimeThoughTheServerDoesNotAnswer() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    FakeLine line = comesUp();
    line.closing = new CompletableFuture<>();
    long begun = System.nanoTime();
    supervisor.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ofMillis(2_500));
    assertThat(supervisor.ended().join()).isEmpty();
    assertThat(events)
        .extracting(SupervisionEvent::state)
        .containsExactly(ForwardState.OPENING, ForwardState.UP, ForwardState.CLOSED);
  }

  @Test
  void closingWhileItReconnectsLeavesNothingToCome() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    lose(comesUpAndLastsForTheGateTime());
    CompletableFuture<Duplex> waiting = exit.open(ForwardAddress.of("localhost:5432"));
    supervisor.close();
    assertThat(timer.isIdle()).isTrue();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(supervisor.forwards()).isEmpty();
  }

  @Test
  void closingGivesUpAnOpening() {
    Supervisor supervisor = start(OptionalInt.empty(), LOCAL);
    supervisor.close();
    assertThat(openings.get(0)).isCancelled();
    assertThat(supervisor.up()).isCompletedExceptionally();
  }
}

package dev.postern.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.PluginUse;
import dev.postern.core.config.Reconnect;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.config.TargetPlan;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.transport.DirectTransportProvider;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.Code;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class JumpsTest {
  private final List<CompletableFuture<Circuit>> openings = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Member web1 = member("web1");
  private final Member web2 = member("web2");
  private final Jumps jumps =
      new Jumps(
          member -> {
            openings.add(new CompletableFuture<>());
            return openings.get(openings.size() - 1);
          },
          Runnable::run,
          (millis, action) -> later.add(action),
          () -> {});

  @Test
  void isOpenedOnceForAll() {
    assertThat(jumps.isOpen(web1)).isFalse();
    assertThat(jumps.isOpen(web2)).isFalse();
    openings.get(0).complete(circuit(new CompletableFuture<>()));
    assertThat(jumps.isOpen(web1)).isTrue();
    assertThat(jumps.isOpen(web2)).isTrue();
    assertThat(openings).hasSize(1);
  }

  @Test
  void lostAfterATargetWasReachedItIsOpenedAnew() {
    CompletableFuture<Optional<CircuitException>> closed = open();
    jumps.passed(web1);
    closed.complete(Optional.of(failure(Code.LINK_LOST, Phase.REMOTE)));
    assertThat(jumps.failure(web2)).isNull();
    assertThat(jumps.isOpen(web2)).isFalse();
    assertThat(openings).hasSize(2);
  }

  @Test
  void lostBeforeATargetWasReachedItIsGivenUp() {
    CompletableFuture<Optional<CircuitException>> closed = open();
    CircuitException lost = failure(Code.LINK_LOST, Phase.REMOTE);
    closed.complete(Optional.of(lost));
    assertThat(jumps.failure(web2)).isSameAs(lost);
    assertThat(jumps.anyFailed()).isTrue();
    assertThat(jumps.isOpen(web2)).isFalse();
    assertThat(openings).hasSize(1);
  }

  @Test
  void whatATargetFoundBeforeTheLossWasHeardOfIsNotTriedAgain() {
    CompletableFuture<Optional<CircuitException>> closed = open();
    jumps.passed(web1);
    CircuitException declined = failure(Code.AUTH_DENIED, Phase.AUTH);
    jumps.failed(web1, declined);
    assertThat(jumps.failure(web2)).as("it is still held").isNull();
    closed.complete(Optional.of(failure(Code.LINK_LOST, Phase.REMOTE)));
    assertThat(jumps.failure(web2)).isSameAs(declined);
  }

  @Test
  void whatATargetFoundAfterTheLossWasHeardOfEndsTheAttemptOfOthers() {
    CompletableFuture<Optional<CircuitException>> closed = open();
    jumps.passed(web1);
    closed.complete(Optional.of(failure(Code.LINK_LOST, Phase.REMOTE)));
    jumps.isOpen(web2);
    CircuitException declined = failure(Code.AUTH_DENIED, Phase.AUTH);
    jumps.failed(web1, declined);
    assertThat(openings.get(1)).isCancelled();
    assertThat(jumps.failure(web2)).isSameAs(declined);
    assertThat(jumps.isOpening()).isFalse();
  }

  @Test
  void aServerThatDropsItIsTriedTwiceMore() {
    CircuitException dropped = failure(Code.CLOSED_IN_HANDSHAKE, Phase.HOST_KEY);
    jumps.isOpen(web1);
    for (int i = 0; i < 2; i++) {
      openings.get(i).completeExceptionally(dropped);
      assertThat(jumps.failure(web1)).isNull();
      later.remove(0).run();
    }
    openings.get(2).completeExceptionally(dropped);
    assertThat(jumps.failure(web1)).isSameAs(dropped);
    assertThat(openings).hasSize(3);
  }

  @Test
  void afterItsCancellationNothingIsOpened() {
    jumps.cancel();
    assertThat(jumps.isOpen(web1)).isFalse();
    assertThat(openings).isEmpty();
  }

  private CompletableFuture<Optional<CircuitException>> open() {
    jumps.isOpen(web1);
    CompletableFuture<Optional<CircuitException>> closed = new CompletableFuture<>();
    openings.get(0).complete(circuit(closed));
    return closed;
  }

  private static Circuit circuit(CompletableFuture<Optional<CircuitException>> closed) {
    return (Circuit)
        Proxy.newProxyInstance(
            Circuit.class.getClassLoader(),
            new Class<?>[] {Circuit.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("closed")) {
                return closed;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static CircuitException failure(Code code, Phase phase) {
    return new CircuitException(
        code, phase, info(1, "jump"), "it failed", new Trail(List.of()), null);
  }

  private static Member member(String name) {
    Reconnect never =
        new Reconnect(
            false,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ZERO,
            OptionalInt.empty());
    List<HopPlan> hops = List.of(hop(1, "jump"), hop(2, name));
    Answers answers = new Answers();
    return new Member(
        FleetTarget.ofGroup("web", name),
        new TargetPlan(new RoutePlan(name, hops, List.of(), never), false),
        Optional.empty(),
        answers,
        new Authorities(answers));
  }

  private static HopPlan hop(int index, String host) {
    HopPolicy policy =
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
    return new HopPlan(
        info(index, host),
        new PluginUse<>("direct", new DirectTransportProvider(), new NoSettings()),
        List.of(),
        policy,
        host);
  }

  private static HopInfo info(int index, String host) {
    return new HopInfo(index, 2, "alice", new Endpoint(host, 22));
  }

  record NoSettings() {}
}

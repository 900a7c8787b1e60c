package dev.postern.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.Trail;
import dev.postern.core.socket.FakeStream;
import dev.postern.core.socket.StreamConnector;
import dev.postern.problem.Code;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class SharedRouteTest {
  private static final Endpoint DB = new Endpoint("db", 5432);

  private final List<FakeOpening> openings = new ArrayList<>();
  private final List<Runnable> delayed = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final InstantSource clock = () -> now;
  private Supplier<CompletableFuture<TcpStream>> streams =
      () -> CompletableFuture.completedFuture(new FakeStream());

  @Test
  void socketsShareOneCircuitFromItsOpeningOn() {
    SharedRoute route = route();
    CompletableFuture<TcpStream> first = route.connect(DB);
    CompletableFuture<TcpStream> second = route.connect(DB);
    assertThat(openings).hasSize(1);
    openings.get(0).succeed();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(route.connect(DB)).isCompleted();
    assertThat(openings).hasSize(1);
  }

  @Test
  void itIsClosedAfterItsLastSocketAndOpenedAnewByTheNext() {
    SharedRoute route = route();
    TcpStream first = opened(route);
    TcpStream second = route.connect(DB).join();
    first.close();
    first.close();
    assertThat(openings.get(0).closed).hasValue(0);
    second.close();
    assertThat(openings.get(0).closed).hasValue(0);
    delayed.forEach(Runnable::run);
    Awaitility.await().until(() -> openings.get(0).closed.get() == 1);
    opened(route);
    assertThat(openings).hasSize(2);
  }

  @Test
  void aSocketThatComesInTimeKeepsIt() {
    SharedRoute route = route();
    opened(route).close();
    TcpStream next = route.connect(DB).join();
    delayed.forEach(Runnable::run);
    next.close();
    delayed.get(0).run();
    assertThat(route.connect(DB)).isCompleted();
    assertThat(openings).hasSize(1);
  }

  @Test
  void aLostOneIsReplacedByTheNextSocket() {
    SharedRoute route = route();
    opened(route);
    openings.get(0).over.complete(null);
    Awaitility.await().until(() -> openings.get(0).closed.get() == 1);
    opened(route);
    assertThat(openings).hasSize(2);
  }

  @Test
  void aLossThatOnlyTheSocketNoticesCostsOneMoreAttempt() {
    SharedRoute route = route();
    opened(route);
    CircuitException lost = failure(Code.LINK_LOST);
    streams = () -> CompletableFuture.failedFuture(lost);
    CompletableFuture<TcpStream> next = route.connect(DB);
    assertThat(openings).hasSize(2);
    openings.get(1).succeed();
    assertThatThrownBy(next::join).hasCause(lost);
    assertThat(openings).hasSize(2);
  }

  @Test
  void whoGivesUpDoesNotTakeTheOpeningFromTheOthers() {
    SharedRoute route = route();
    CompletableFuture<TcpStream> first = route.connect(DB);
    CompletableFuture<TcpStream> second = route.connect(DB);
    first.cancel(true);
    openings.get(0).succeed();
    assertThat(second).isCompleted();
  }

  @Test
  void aSocketThatIsGivenUpWhileItConnectsIsGivenUpAtTheHop() {
    SharedRoute route = route();
    CompletableFuture<TcpStream> connecting = new CompletableFuture<>();
    streams = () -> connecting;
    CompletableFuture<TcpStream> socket = route.connect(DB);
    openings.get(0).succeed();
    socket.cancel(true);
    assertThat(connecting).isCancelled();
    delayed.forEach(Runnable::run);
    Awaitility.await().until(() -> openings.get(0).closed.get() == 1);
  }

  @Test
  void whatRefusedUsIsLeftAloneForAWhileThatGrows() {
    SharedRoute route = route();
    CompletableFuture<TcpStream> first = route.connect(DB);
    openings.get(0).fail(failure(Code.AUTH_DENIED));
    assertThatThrownBy(first::join).hasMessageContaining("auth: no [PST-A001]");
    now = now.plusSeconds(59);
    assertThatThrownBy(() -> route.connect(DB).join())
        .hasMessageContaining(
            "auth: no [PST-A001]; it was refused, and is not tried again before 2026-11-28T12:01:00Z");
    assertThat(openings).hasSize(1);
    now = now.plusSeconds(1);
    route.connect(DB);
    assertThat(openings).hasSize(2);
    openings.get(1).fail(failure(Code.HOST_KEY_CHANGED));
    now = now.plusSeconds(119);
    assertThatThrownBy(() -> route.connect(DB).join()).hasMessageContaining("[PST-H002]");
    now = now.plusSeconds(1);
    route.connect(DB);
    openings.get(2).succeed();
    openings.get(2).over.complete(null);
    route.connect(DB);
    assertThat(openings).hasSize(4);
  }

  @Test
  void whatMayGetBetterIsTriedAtOnce() {
    SharedRoute route = route();
    route.connect(DB);
    openings.get(0).fail(failure(Code.CONNECT_FAILED));
    route.connect(DB);
    assertThat(openings).hasSize(2);
  }

  @Test
  void aRouteIsNamedWithItsFileOrWithout() {
    assertThat(RouteName.of(null)).isEqualTo(RouteName.of(""));
    assertThat(RouteName.of("db").route()).hasValue("db");
    assertThat(RouteName.of("db").file()).isEmpty();
    assertThat(RouteName.of("/etc/p.conf#db").file())
        .hasValue(java.nio.file.Path.of("/etc/p.conf"));
    assertThat(RouteName.of("/etc/p.conf#").route()).isEmpty();
  }

  private SharedRoute route() {
    return new SharedRoute(
        () -> {
          FakeOpening opening = new FakeOpening();
          openings.add(opening);
          return new RouteOpener.Opening(
              opening.circuit, opening.over, opening.closed::incrementAndGet);
        },
        delayed::add,
        clock);
  }

  private TcpStream opened(SharedRoute route) {
    CompletableFuture<TcpStream> stream = route.connect(DB);
    openings.get(openings.size() - 1).succeed();
    return stream.join();
  }

  private static CircuitException failure(Code code) {
    return new CircuitException(code, Phase.AUTH, null, "no", new Trail(List.of()), null);
  }

  private final class FakeOpening {
    final CompletableFuture<StreamConnector> circuit = new CompletableFuture<>();
    final CompletableFuture<Void> over = new CompletableFuture<>();
    final AtomicInteger closed = new AtomicInteger();

    void succeed() {
      circuit.complete(endpoint -> streams.get());
    }

    void fail(CircuitException why) {
      circuit.completeExceptionally(why);
      over.completeExceptionally(why);
    }
  }
}

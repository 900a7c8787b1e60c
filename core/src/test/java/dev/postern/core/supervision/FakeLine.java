package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Trail;
import dev.postern.core.forward.Duplex;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A circuit that lives and dies as a test says. */
final class FakeLine implements Line {
  final CompletableFuture<Optional<CircuitException>> end = new CompletableFuture<>();
  final List<ForwardAddress> opened = new ArrayList<>();
  final List<ForwardSpec> asked = new ArrayList<>();
  final CompletableFuture<Duplex> reached = new CompletableFuture<>();
  CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);
  Optional<CircuitException> denial = Optional.empty();

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    opened.add(target);
    return reached;
  }

  @Override
  public CompletableFuture<Forward> forward(ForwardSpec spec) {
    asked.add(spec);
    return denial
        .<CompletableFuture<Forward>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(new FakeForward(spec)));
  }

  @Override
  public void record(String text) {}

  @Override
  public Trail trail() {
    return new Trail(List.of());
  }

  @Override
  public CompletableFuture<Optional<CircuitException>> closed() {
    return end;
  }

  @Override
  public CompletableFuture<Void> close() {
    end.complete(Optional.empty());
    return closing;
  }

  /** One that gets port 4711 where it asks for any. */
  record FakeForward(ForwardSpec spec) implements Forward {
    @Override
    public ForwardAddress address() {
      return spec.listen() instanceof Tcp tcp && tcp.port() == 0
          ? new Tcp(tcp.host(), 4711)
          : spec.listen();
    }

    @Override
    public ForwardState state() {
      return ForwardState.UP;
    }

    @Override
    public ForwardCounts counts() {
      return new ForwardCounts(1, 2, 0, 10, 20, Optional.empty());
    }

    @Override
    public void close() {}
  }
}

package dev.postern.cli;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.Trail;
import dev.postern.route.ForwardSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A supervised route with one circuit, or whose first opening fails. */
record FakeSupervision(FakeCircuit circuit, Optional<CircuitException> failure)
    implements Supervision {
  @Override
  public String route() {
    return circuit.route();
  }

  @Override
  public ForwardState state() {
    return circuit.lost.isEmpty() ? ForwardState.UP : ForwardState.RECONNECTING;
  }

  @Override
  public List<Forward> forwards() {
    return circuit.forwards();
  }

  @Override
  public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
    return circuit.forward(spec);
  }

  @Override
  public Optional<CircuitException> lastFailure() {
    return circuit.lost.or(() -> failure);
  }

  @Override
  public Trail trail() {
    return circuit.trail();
  }

  @Override
  public CompletionStage<Void> up() {
    return failure
        .<CompletableFuture<Void>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  @Override
  public CompletionStage<Optional<CircuitException>> ended() {
    return circuit.closed();
  }

  @Override
  public void close() {
    circuit.closeAsync();
  }
}

package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Trail;
import dev.postern.core.circuit.CarryingCircuit;
import dev.postern.core.forward.Duplex;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The real line. */
record CircuitLine(CarryingCircuit circuit) implements Line {
  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    return circuit.open(target);
  }

  @Override
  public CompletableFuture<Forward> forward(ForwardSpec spec) {
    return circuit.forwardAsync(spec);
  }

  @Override
  public void record(String text) {
    circuit.record(text);
  }

  @Override
  public Trail trail() {
    return circuit.trail();
  }

  @Override
  public CompletionStage<Optional<CircuitException>> closed() {
    return circuit.closed();
  }

  @Override
  public CompletableFuture<Void> close() {
    return circuit.closeAsync();
  }
}

package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Trail;
import dev.postern.core.circuit.CarryingCircuit;
import dev.postern.core.forward.Exit;
import dev.postern.route.ForwardSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What supervision needs of an open circuit. */
public interface Line extends Exit {
  /** Opens a forward that ends with the circuit; fails with a {@link CircuitException}. */
  CompletableFuture<Forward> forward(ForwardSpec spec);

  /** Adds a sentence to its trail. */
  void record(String text);

  /** What happened on it. */
  Trail trail();

  /** Completes when it is closed: with the failure if it was lost. */
  CompletionStage<Optional<CircuitException>> closed();

  /** Begins to close it. */
  CompletableFuture<Void> close();

  /** A circuit as a line. */
  static Line of(CarryingCircuit circuit) {
    return new CircuitLine(circuit);
  }
}

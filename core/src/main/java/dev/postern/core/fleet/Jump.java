package dev.postern.core.fleet;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The hops on the way to some targets, held open while the run lasts. Guarded by its run. */
final class Jump {
  final CompletableFuture<Circuit> opening;
  boolean open;
  @Nullable CircuitException failure;

  Jump(CompletableFuture<Circuit> opening) {
    this.opening = opening;
  }
}

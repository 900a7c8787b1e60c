package dev.postern.core.fleet;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The hops on the way to some targets, held open while the run lasts. Guarded by {@link Jumps}. */
final class Jump {
  final CompletableFuture<Circuit> opening;
  boolean open;

  /** Whether a target was reached through it. */
  boolean passed;

  /** Why a target that found it lost could not open it anew. */
  @Nullable CircuitException lostFor;

  /** Why nobody needs to try it any more. */
  @Nullable CircuitException failure;

  Jump(CompletableFuture<Circuit> opening) {
    this.opening = opening;
  }
}

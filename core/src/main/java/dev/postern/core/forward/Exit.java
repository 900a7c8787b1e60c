package dev.postern.core.forward;

import dev.postern.route.ForwardAddress;
import java.util.concurrent.CompletableFuture;

/**
 * Where connections go out: the last hop of a circuit, that of the circuit of the moment, or this
 * machine.
 */
public interface Exit {
  /**
   * Connects.
   *
   * @return fails with a {@link dev.postern.core.hop.HopFailure}; cancelling it gives it up
   */
  CompletableFuture<Duplex> open(ForwardAddress target);
}

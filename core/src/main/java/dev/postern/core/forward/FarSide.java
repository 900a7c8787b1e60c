package dev.postern.core.forward;

import dev.postern.route.ForwardAddress;
import java.util.concurrent.CompletableFuture;

/** A server that listens for us. */
public interface FarSide {
  /**
   * Asks it to listen.
   *
   * @return fails with a {@link dev.postern.core.hop.HopFailure} if it refuses; cancelling it gives
   *     it up
   */
  CompletableFuture<FarListener> listen(ForwardAddress address, Arrivals arrivals);
}

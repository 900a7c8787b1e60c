package dev.postern.core.forward;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes the connections that arrive at the far end for one remote forward. */
public interface Arrivals {
  /**
   * One has arrived.
   *
   * @return completes when this side is ready for it, with what takes its channel once that is
   *     confirmed; fails if it is to be refused; cancelling it gives the connection up
   */
  CompletableFuture<Consumer<Duplex>> arrived();
}

package dev.postern.socket;

import dev.postern.core.socket.StreamConnector;
import java.util.concurrent.CompletableFuture;

/** Opens the circuit of a route: a seam, so that sharing it can be tested without a server. */
@FunctionalInterface
interface RouteOpener {
  /**
   * Begins to open it.
   *
   * @throws dev.postern.problem.ConfigException if the configuration does not hold
   */
  Opening open();

  /**
   * A circuit on its way.
   *
   * @param circuit connects on it; fails with a {@link dev.postern.circuit.CircuitException}
   * @param over completes when it is closed or lost, or was not opened
   * @param close closes the circuit, and all that was started for it; may block for a while
   */
  record Opening(
      CompletableFuture<StreamConnector> circuit, CompletableFuture<?> over, Runnable close) {}
}

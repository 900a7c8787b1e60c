package dev.postern.core.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.core.config.HopPlan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Opens one hop: makes its transport and engine, and has the connector connect. */
public final class HopOpener {
  private final HopConnector connector;
  private final HopServices services;
  private final ExecutorService blocking;

  /** The executor runs what may block: transports, strategies, people. */
  public HopOpener(HopConnector connector, HopServices services, ExecutorService blocking) {
    this.connector = requireNonNull(connector, "connector is null");
    this.services = requireNonNull(services, "services is null");
    this.blocking = requireNonNull(blocking, "blocking is null");
  }

  /**
   * Begins to open a hop.
   *
   * @param ahead what will be opened on it next
   * @return fails with a {@link dev.postern.core.hop.HopFailure}; cancelling it leaves nothing
   *     behind
   */
  CompletableFuture<OpenHop> open(
      HopPlan plan, @Nullable OpenHop previous, HopTrail trail, Ahead ahead) {
    HopOpening opening = new HopOpening(connector, services, plan, previous, trail, ahead);
    opening.start(blocking);
    return opening.result();
  }
}

package dev.postern.core.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Circuit;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Listeners;
import dev.postern.event.CircuitListener;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens routes, and knows the circuits that are open. Safe for use by several threads. */
public final class CircuitOpener implements AutoCloseable {
  private final HopPool pool;
  private final Listeners listeners;
  private final Consumer<HopInfo> hopBegun;
  private final CircuitListener listener;
  private final Set<LiveCircuit> circuits = new HashSet<>();

  public CircuitOpener(HopPool pool, Listeners listeners) {
    this(pool, listeners, hop -> {});
  }

  /** An opener that tells when an opening begins with its next hop. */
  public CircuitOpener(HopPool pool, Listeners listeners, Consumer<HopInfo> hopBegun) {
    this(pool, listeners, hopBegun, event -> {});
  }

  /** An opener that also tells what happens to its circuits. */
  public CircuitOpener(
      HopPool pool, Listeners listeners, Consumer<HopInfo> hopBegun, CircuitListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
    this.pool = requireNonNull(pool, "pool is null");
    this.listeners = requireNonNull(listeners, "listeners is null");
    this.hopBegun = requireNonNull(hopBegun, "hopBegun is null");
  }

  /**
   * Begins to open a route.
   *
   * @return fails with a {@link dev.postern.circuit.CircuitException}; cancelling it leaves nothing
   *     behind
   */
  public CompletableFuture<Circuit> open(RoutePlan plan) {
    return begin(plan, false, new Ahead.Nothing(), circuit -> circuit);
  }

  /** The same for a route on whose last hop something will be run at once. */
  public CompletableFuture<Circuit> openToRun(RoutePlan plan) {
    return begin(plan, false, new Ahead.Session(), circuit -> circuit);
  }

  /**
   * Begins to open hops that others will go through. While the circuit is open they stay open,
   * whoever comes and goes.
   */
  public CompletableFuture<Circuit> hold(RoutePlan hops) {
    return begin(hops, true, new Ahead.Nothing(), circuit -> circuit);
  }

  /** Opens a circuit for forwards that outlive it. */
  public CompletableFuture<CarryingCircuit> openCarrying(RoutePlan plan) {
    return begin(plan, false, new Ahead.Nothing(), circuit -> circuit);
  }

  private <C> CompletableFuture<C> begin(
      RoutePlan plan, boolean sharesAll, Ahead atTheEnd, Function<LiveCircuit, C> view) {
    CircuitOpening opening =
        new CircuitOpening(pool, plan, hopBegun, listeners, listener, sharesAll, atTheEnd);
    CircuitEvents events = new CircuitEvents(listener, plan);
    CompletableFuture<C> result = new CompletableFuture<>();
    opening
        .start()
        .whenComplete(
            (circuit, failure) -> {
              if (circuit == null) {
                events.failed(Failures.unwrap(requireNonNull(failure)));
                result.completeExceptionally(Failures.unwrap(failure));
                return;
              }
              events.follow(circuit);
              remember(circuit);
              if (!result.complete(view.apply(circuit))) {
                circuit.close();
              }
            });
    result.whenComplete(
        (circuit, failure) -> {
          if (result.isCancelled()) {
            opening.cancel();
          }
        });
    return result;
  }

  private void remember(LiveCircuit circuit) {
    synchronized (circuits) {
      circuits.add(circuit);
    }
    circuit.closed().whenComplete((reason, failure) -> forget(circuit));
  }

  private void forget(LiveCircuit circuit) {
    synchronized (circuits) {
      circuits.remove(circuit);
    }
  }

  /** Closes every circuit. */
  @Override
  public void close() {
    Set<LiveCircuit> open;
    synchronized (circuits) {
      open = Set.copyOf(circuits);
    }
    open.forEach(LiveCircuit::close);
  }
}

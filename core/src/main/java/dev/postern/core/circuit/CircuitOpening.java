package dev.postern.core.circuit;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.circuit.TrailEntry;
import dev.postern.core.circuit.HopPool.Lease;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Listeners;
import dev.postern.core.hop.HopFailure;
import dev.postern.event.CircuitListener;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt at a route, hop after hop. */
final class CircuitOpening {
  private final HopPool pool;
  private final RoutePlan plan;
  private final Consumer<HopInfo> hopBegun;
  private final Listeners listeners;
  private final CircuitListener listener;
  private final boolean sharesAll;
  private final Ahead atTheEnd;
  private final long beginning = System.nanoTime();
  private final List<Lease> leases = new ArrayList<>();
  private final CompletableFuture<LiveCircuit> result = new CompletableFuture<>();
  private boolean cancelled;

  CircuitOpening(
      HopPool pool,
      RoutePlan plan,
      Consumer<HopInfo> hopBegun,
      Listeners listeners,
      CircuitListener listener,
      boolean sharesAll,
      Ahead atTheEnd) {
    this.atTheEnd = atTheEnd;
    this.sharesAll = sharesAll;
    this.listener = listener;
    this.pool = pool;
    this.plan = plan;
    this.hopBegun = hopBegun;
    this.listeners = listeners;
  }

  CompletableFuture<LiveCircuit> start() {
    openNext();
    return result;
  }

  void cancel() {
    Lease current;
    synchronized (this) {
      cancelled = true;
      current = leases.isEmpty() ? null : leases.get(leases.size() - 1);
    }
    if (current != null) {
      fail(
          leases.size() - 1,
          new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled"));
    }
  }

  private void openNext() {
    Lease lease;
    int index;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      index = leases.size();
      Lease previous = index == 0 ? null : leases.get(index - 1);
      lease = lease(plan.hops().get(index), index, previous);
      leases.add(lease);
    }
    hopBegun.accept(plan.hops().get(index).info());
    lease.opening().whenComplete((hop, failure) -> opened(index, hop, failure));
  }

  /**
   * A hop that others go through is shared. So is the only hop of a route. The last of several is a
   * circuit's own: servers bound the sessions of one connection (MaxSessions), so circuits that
   * shared it would get into each other's way.
   */
  private Lease lease(HopPlan hop, int index, @Nullable Lease previous) {
    boolean last = index == plan.hops().size() - 1;
    return last && index > 0 && !sharesAll
        ? pool.own(plan.name(), hop, previous, ahead(index))
        : pool.share(plan.name(), hop, previous, ahead(index));
  }

  private Ahead ahead(int index) {
    if (index == plan.hops().size() - 1) {
      return atTheEnd;
    }
    HopPlan next = plan.hops().get(index + 1);
    return next.transport().type().equals("jump")
        ? new Ahead.NextHop(next.info().endpoint())
        : new Ahead.Nothing();
  }

  private void opened(int index, @Nullable OpenHop hop, @Nullable Throwable failure) {
    if (hop == null) {
      fail(index, Failures.asHopFailure(failure == null ? new IllegalStateException() : failure));
      return;
    }
    if (index + 1 < plan.hops().size()) {
      openNext();
      return;
    }
    LiveCircuit circuit =
        new LiveCircuit(plan, List.copyOf(leases), listeners, beginning, listener);
    openForwards(circuit, 0);
  }

  private void openForwards(LiveCircuit circuit, int index) {
    if (index == plan.forwards().size()) {
      if (!result.complete(circuit)) {
        circuit.close();
      }
      return;
    }
    circuit
        .forwardAsync(plan.forwards().get(index))
        .whenComplete(
            (forward, failure) -> {
              if (failure == null) {
                openForwards(circuit, index + 1);
                return;
              }
              result.completeExceptionally(Failures.unwrap(failure));
              circuit.close();
            });
  }

  private void fail(int index, HopFailure failure) {
    HopInfo hop = plan.hops().get(index).info();
    boolean first =
        result.completeExceptionally(
            new CircuitException(
                failure.code(), failure.phase(), hop, failure.sentence(), trail(), failure));
    if (first) {
      release();
    }
  }

  private void release() {
    List<Lease> held;
    synchronized (this) {
      cancelled = true;
      held = List.copyOf(leases);
    }
    for (int i = held.size() - 1; i >= 0; i--) {
      held.get(i).release();
    }
  }

  private synchronized Trail trail() {
    List<TrailEntry> entries = new ArrayList<>();
    for (int i = 0; i < leases.size(); i++) {
      entries.addAll(leases.get(i).trail().since(beginning, plan.hops().get(i).info()));
    }
    return new Trail(entries);
  }
}

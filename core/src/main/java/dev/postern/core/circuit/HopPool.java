package dev.postern.core.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Phase;
import dev.postern.core.config.HopPlan;
import dev.postern.event.CircuitListener;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The hops that circuits share. A hop is known by the keys of all hops up to it. Whoever comes
 * while it is being opened waits for the same attempt; the last one to let go closes it. Safe for
 * use by several threads.
 */
public final class HopPool {
  private final HopOpener opener;
  private final CircuitListener listener;
  private final Map<String, SharedHop> hops = new HashMap<>();

  /** A pool that tells nobody. */
  public HopPool(HopOpener opener) {
    this(opener, event -> {});
  }

  /** A pool that tells what happens to its hops. */
  public HopPool(HopOpener opener, CircuitListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
    this.opener = requireNonNull(opener, "opener is null");
  }

  /** A use of a hop that may be shared, opened if it is not yet. */
  Lease share(String route, HopPlan plan, @Nullable Lease previous, Ahead ahead) {
    String key = (previous == null ? "" : previous.key() + "\n") + plan.sharingKey();
    HopEvents events = new HopEvents(listener, route, plan.info());
    SharedHop hop;
    boolean joined;
    synchronized (hops) {
      SharedHop known = hops.get(key);
      joined = known != null && known.join();
      hop = joined && known != null ? known : new SharedHop(key, events);
      if (!joined) {
        hops.put(key, hop);
      }
    }
    if (joined) {
      hop.trail().record(Phase.CONNECT, "shared with another circuit");
    } else {
      begin(hop, plan, previous, ahead);
    }
    return new Lease(hop);
  }

  /** A hop for one circuit alone. */
  Lease own(String route, HopPlan plan, @Nullable Lease previous, Ahead ahead) {
    HopEvents events = new HopEvents(listener, route, plan.info());
    SharedHop hop = new SharedHop("", events);
    begin(hop, plan, previous, ahead);
    return new Lease(hop);
  }

  private void begin(SharedHop hop, HopPlan plan, @Nullable Lease previous, Ahead ahead) {
    hop.ended().whenComplete((done, failure) -> forget(hop));
    hop.attach(opener.open(plan, previous == null ? null : previous.opened(), hop.trail(), ahead));
  }

  private void forget(SharedHop hop) {
    synchronized (hops) {
      hops.remove(hop.key(), hop);
    }
  }

  /** One circuit's use of a hop. */
  static final class Lease {
    private final SharedHop hop;
    private boolean released;

    private Lease(SharedHop hop) {
      this.hop = hop;
    }

    private String key() {
      return hop.key();
    }

    HopTrail trail() {
      return hop.trail();
    }

    /** A view of the attempt; cancelling it harms no other circuit. */
    CompletableFuture<OpenHop> opening() {
      return hop.opening().copy();
    }

    /** The hop; only after {@link #opening} completed. */
    OpenHop opened() {
      return hop.opening().join();
    }

    /** Lets go, and completes when the hop is closed or, if others use it, at once. */
    synchronized CompletableFuture<Void> release() {
      if (released) {
        return CompletableFuture.completedFuture(null);
      }
      released = true;
      return hop.leave();
    }

    /** If it was let go by everybody, it is closed without a goodbye. */
    void hurry() {
      hop.hurry();
    }
  }
}

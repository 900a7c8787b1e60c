package dev.postern.core.circuit;

import dev.postern.circuit.CircuitException;
import dev.postern.core.config.RoutePlan;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import java.time.Duration;

/** Tells what becomes of one circuit. */
final class CircuitEvents {
  private final CircuitListener listener;
  private final RoutePlan plan;
  private final long beginning = System.nanoTime();

  CircuitEvents(CircuitListener listener, RoutePlan plan) {
    this.listener = listener;
    this.plan = plan;
  }

  void failed(Throwable failure) {
    if (failure instanceof CircuitException known) {
      listener.on(new CircuitEvent.CircuitFailed(plan.name(), known, since(beginning)));
    }
  }

  /** It is open; its end will be told too. */
  void follow(LiveCircuit circuit) {
    long opened = System.nanoTime();
    listener.on(new CircuitEvent.CircuitOpened(plan.name(), plan.hops().size(), since(beginning)));
    circuit
        .closed()
        .thenAccept(
            lost -> listener.on(new CircuitEvent.CircuitClosed(plan.name(), lost, since(opened))));
  }

  private static Duration since(long moment) {
    return Duration.ofNanos(System.nanoTime() - moment);
  }
}

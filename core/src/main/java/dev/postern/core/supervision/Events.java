package dev.postern.core.supervision;

import dev.postern.circuit.SupervisionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener what happened: one after the other, in order, and outside of all locks. */
final class Events {
  private final Consumer<SupervisionEvent> listener;
  private final Deque<SupervisionEvent> untold = new ArrayDeque<>();
  private boolean telling;

  Events(Consumer<SupervisionEvent> listener) {
    this.listener = listener;
  }

  /** Puts it in line; {@link #tell} tells it. */
  synchronized void add(SupervisionEvent event) {
    untold.add(event);
  }

  /** Tells what is in line, unless another thread is at it. */
  void tell() {
    for (SupervisionEvent event = next(true); event != null; event = next(false)) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
    }
  }

  private synchronized @Nullable SupervisionEvent next(boolean begins) {
    if (begins && telling) {
      return null;
    }
    SupervisionEvent event = untold.poll();
    telling = event != null;
    return event;
  }
}

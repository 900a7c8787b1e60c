package dev.postern.core.event;

import dev.postern.core.jfr.Recordings;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on. Safe for use by several threads. */
public final class Events implements CircuitListener {
  private final Logger log = LoggerFactory.getLogger("dev.postern");
  private final List<CircuitListener> listeners;

  private Events(List<CircuitListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** To the log, to recordings where this Java has them, and to those who asked for them. */
  public static Events to(List<CircuitListener> asked) {
    List<CircuitListener> all =
        new ArrayList<>(List.of(new LifeCycleLog(LoggerFactory.getILoggerFactory())));
    Recordings.ofThisJava().ifPresent(all::add);
    all.addAll(asked);
    return new Events(all);
  }

  @Override
  public void on(CircuitEvent event) {
    for (CircuitListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException | LinkageError e) {
        log.warn("a listener failed at {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}

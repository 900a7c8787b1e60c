package dev.postern.core.jfr;

import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitEvent.AuthAttempt;
import dev.postern.event.CircuitEvent.ForwardConnection;
import dev.postern.event.CircuitEvent.HopOpened;
import dev.postern.event.CircuitEvent.Reconnected;
import dev.postern.event.CircuitListener;
import java.util.Optional;
import jdk.jfr.FlightRecorder;

/** Writes events into recordings. Until one was begun, no class of an event is loaded. */
public final class Recordings implements CircuitListener {
  private Recordings() {}

  /** Empty where this Java was built without {@code jdk.jfr}. */
  public static Optional<CircuitListener> ofThisJava() {
    return ModuleLayer.boot().findModule("jdk.jfr").map(module -> new Recordings());
  }

  @Override
  public void on(CircuitEvent event) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    if (event instanceof HopOpened hop) {
      HopOpenedEvent.record(hop);
    } else if (event instanceof AuthAttempt attempt) {
      AuthAttemptEvent.record(attempt);
    } else if (event instanceof ForwardConnection connection) {
      ForwardConnectionEvent.record(connection);
    } else if (event instanceof Reconnected again) {
      ReconnectEvent.record(again);
    }
  }
}

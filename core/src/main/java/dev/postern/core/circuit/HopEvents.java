package dev.postern.core.circuit;

import dev.postern.api.hop.HopInfo;
import dev.postern.core.hop.HopFailure;
import dev.postern.event.AuthOutcome;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import dev.postern.event.Reason;
import java.time.Duration;
import java.util.Optional;

/** Tells what happens to one hop, under the route that opened it. */
record HopEvents(CircuitListener listener, String route, HopInfo hop) {
  void attempted(String method, AuthOutcome outcome, Duration took) {
    listener.on(new CircuitEvent.AuthAttempt(route, hop, method, outcome, took));
  }

  void opened(Duration took, Optional<HopFailure> failure) {
    listener.on(new CircuitEvent.HopOpened(route, hop, took, failure.map(HopEvents::reason)));
  }

  void closed(Optional<HopFailure> lost) {
    listener.on(new CircuitEvent.HopClosed(route, hop, lost.map(HopEvents::reason)));
  }

  private static Reason reason(HopFailure failure) {
    return new Reason(failure.code(), failure.phase(), failure.sentence());
  }
}

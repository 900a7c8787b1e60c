package dev.postern.core.jfr;

import dev.postern.event.CircuitEvent.Reconnected;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An attempt to open a lost circuit again has ended. */
@Name("dev.postern.Reconnect")
@Label("Reconnect")
@Description("An attempt to open a lost circuit again has ended")
final class ReconnectEvent extends RouteEvent {
  @Label("Attempt")
  int attempt;

  static void record(Reconnected again) {
    ReconnectEvent event = new ReconnectEvent();
    if (!event.isEnabled()) {
      return;
    }
    event.attempt = again.attempt();
    event.write(
        again.route(),
        again.failure().isEmpty() ? "open" : "failed",
        again.failure().map(failure -> failure.code().id()).orElse(""),
        again.took());
  }
}

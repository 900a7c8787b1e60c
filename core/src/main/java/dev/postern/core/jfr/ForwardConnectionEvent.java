package dev.postern.core.jfr;

import dev.postern.event.CircuitEvent.ForwardConnection;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A connection to a forward has ended, or could not be made. */
@Name("dev.postern.ForwardConnection")
@Label("Forward connection")
@Description("A connection to a forward has ended, or could not be made")
final class ForwardConnectionEvent extends RouteEvent {
  @Label("Forward")
  @Nullable String forward;

  @Label("Sent")
  @DataAmount
  long sent;

  @Label("Received")
  @DataAmount
  long received;

  static void record(ForwardConnection connection) {
    ForwardConnectionEvent event = new ForwardConnectionEvent();
    if (!event.isEnabled()) {
      return;
    }
    event.forward = connection.forward();
    event.sent = connection.sent();
    event.received = connection.received();
    event.write(
        connection.route(),
        connection.failure().isEmpty() ? "ended" : "refused",
        connection.failure().map(reason -> reason.code().id()).orElse(""),
        connection.took());
  }
}

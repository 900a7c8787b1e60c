package dev.postern.core.jfr;

import dev.postern.event.CircuitEvent.HopOpened;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A hop has let us in, or has not. */
@Name("dev.postern.HopOpened")
@Label("Hop opened")
@Description("A hop has let us in, or has not; its time is the end")
final class HopOpenedEvent extends RouteEvent {
  @Label("Hop")
  @Nullable String hop;

  @Label("Address")
  @Nullable String address;

  static void record(HopOpened opened) {
    HopOpenedEvent event = new HopOpenedEvent();
    if (!event.isEnabled()) {
      return;
    }
    event.hop = opened.hop().toString();
    event.address = opened.hop().endpoint().toString();
    event.write(
        opened.route(),
        opened.failure().isEmpty() ? "open" : "failed",
        opened.failure().map(reason -> reason.code().id()).orElse(""),
        opened.took());
  }
}

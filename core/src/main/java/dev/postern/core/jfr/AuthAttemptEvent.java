package dev.postern.core.jfr;

import dev.postern.event.CircuitEvent.AuthAttempt;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A server has answered a request to sign in. */
@Name("dev.postern.AuthAttempt")
@Label("Auth attempt")
@Description("A server has answered a request to sign in; its time is the end")
final class AuthAttemptEvent extends RouteEvent {
  @Label("Hop")
  @Nullable String hop;

  @Label("Address")
  @Nullable String address;

  @Label("Method")
  @Nullable String method;

  static void record(AuthAttempt attempt) {
    AuthAttemptEvent event = new AuthAttemptEvent();
    if (!event.isEnabled()) {
      return;
    }
    event.hop = attempt.hop().toString();
    event.address = attempt.hop().endpoint().toString();
    event.method = attempt.method();
    event.write(attempt.route(), attempt.outcome().toString(), "", attempt.took());
  }
}

package dev.postern.core.circuit;

import dev.postern.core.forward.ForwardLog;
import dev.postern.core.hop.HopFailure;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import dev.postern.event.Reason;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.util.function.Consumer;

/**
 * Tells what happens to one forward, and writes down what was refused.
 *
 * @param listener is told
 * @param route the name of its route
 * @param spec what it does
 * @param record takes sentences for the trail
 */
public record ForwardEvents(
    CircuitListener listener, String route, ForwardSpec spec, Consumer<String> record)
    implements ForwardLog {
  @Override
  public void refused(String sentence) {
    record.accept(sentence);
  }

  @Override
  public void opened(ForwardAddress listening) {
    if (!listening.isLocal()) {
      record.accept("other machines may connect to the forward " + words(listening));
    }
    listener.on(new CircuitEvent.ForwardOpened(route, words(listening)));
  }

  @Override
  public void closed(ForwardAddress listening) {
    listener.on(new CircuitEvent.ForwardClosed(route, words(listening)));
  }

  @Override
  public void ended(ForwardAddress listening, Passed passed) {
    listener.on(
        new CircuitEvent.ForwardConnection(
            route,
            words(listening),
            passed.sent(),
            passed.received(),
            passed.took(),
            passed.failure().map(ForwardEvents::reason)));
  }

  /** As a person writes it, with the port that was chosen. */
  private String words(ForwardAddress listening) {
    return new ForwardSpec(spec.type(), listening, spec.target(), spec.unlink()).toString();
  }

  private static Reason reason(HopFailure failure) {
    return new Reason(failure.code(), failure.phase(), failure.sentence());
  }
}

package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells operators how attempts to open a lost circuit again ended, and which forwards its far end
 * refused then; passes changes on.
 */
public final class Reconnections implements Consumer<SupervisionEvent> {
  private final String route;
  private final CircuitListener operators;
  private final Consumer<SupervisionEvent> next;
  private @Nullable SupervisionEvent before;

  public Reconnections(String route, CircuitListener operators, Consumer<SupervisionEvent> next) {
    this.route = route;
    this.operators = operators;
    this.next = next;
  }

  /** One at a time, in order. */
  @Override
  public void accept(SupervisionEvent event) {
    if (event.forward().isPresent()) {
      refused(event.forward().get(), event.failure());
    } else {
      changed(event);
    }
    next.accept(event);
  }

  private void refused(ForwardSpec forward, Optional<CircuitException> failure) {
    failure.ifPresent(
        why -> operators.on(new CircuitEvent.ForwardRefused(route, forward.toString(), why)));
  }

  private void changed(SupervisionEvent event) {
    SupervisionEvent waiting = before;
    before = event;
    if (waiting != null
        && waiting.state() == ForwardState.RECONNECTING
        && event.state() != ForwardState.CLOSED) {
      tell(waiting, event.when(), event.failure());
    }
  }

  private void tell(SupervisionEvent waiting, Instant ended, Optional<CircuitException> failure) {
    Instant begun = waiting.when().plus(waiting.nextAttemptIn().orElse(Duration.ZERO));
    Duration took = begun.isBefore(ended) ? Duration.between(begun, ended) : Duration.ZERO;
    operators.on(new CircuitEvent.Reconnected(route, waiting.attempt(), took, failure));
  }
}

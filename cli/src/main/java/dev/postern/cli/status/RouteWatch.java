package dev.postern.cli.status;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.core.text.Sanitiser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows what the route of this process is at. Safe for use by several threads. */
public final class RouteWatch implements Consumer<SupervisionEvent> {
  private final Clock clock;
  private final long pid;
  private volatile @Nullable SupervisionEvent last;

  /** Watches by this clock. */
  public RouteWatch(Clock clock, long pid) {
    this.clock = clock;
    this.pid = pid;
  }

  /** Is told of each change of a route that is kept open. */
  @Override
  public void accept(SupervisionEvent event) {
    last = event;
  }

  /** A circuit as it is, open since now. */
  public StatusSource of(Circuit circuit) {
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return () -> {
      ForwardState state = circuit.isOpen() ? ForwardState.UP : ForwardState.CLOSED;
      return route(circuit.route(), since, state, Optional.empty(), circuit.forwards());
    };
  }

  /** A route that is kept open, up since now. */
  public StatusSource of(Supervision supervision) {
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return () ->
        route(
            supervision.route(),
            since,
            supervision.state(),
            supervision.lastFailure(),
            supervision.forwards());
  }

  private Running.Route route(
      String name,
      Instant since,
      ForwardState state,
      Optional<CircuitException> failure,
      List<Forward> forwards) {
    SupervisionEvent event = last;
    return new Running.Route(
        Sanitiser.line(name),
        pid,
        since,
        ForwardStatus.word(state),
        event == null ? 0 : event.attempt(),
        event == null || state != ForwardState.RECONNECTING ? Optional.empty() : remaining(event),
        failure.map(problem -> Sanitiser.line(String.valueOf(problem.getMessage()))),
        forwards.stream()
            .map(ForwardStatus::of)
            .sorted(Comparator.comparing(ForwardStatus::listen))
            .toList());
  }

  /** Nothing once the attempt has begun. */
  private Optional<Long> remaining(SupervisionEvent event) {
    Duration gone = Duration.between(event.when(), clock.instant());
    return event.nextAttemptIn().map(wait -> wait.minus(gone).toMillis()).filter(left -> left > 0);
  }
}

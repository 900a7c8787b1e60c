package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.Trail;
import dev.postern.core.supervision.Retries.Decision;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a supervised route is at. Every change is one method under one lock, under which nobody else
 * is called; what follows from it is the caller's. Changes are told in their order, by {@link
 * #tell}.
 */
final class Course {
  private final Timer timer;
  private final Retries retries;
  private final Events events;
  private ForwardState state = ForwardState.OPENING;
  private Duration upSince = Duration.ZERO;
  private @Nullable CompletableFuture<Line> opening;
  private @Nullable Line line;
  private Timer.@Nullable Cancellable next;
  private @Nullable CircuitException lastFailure;

  Course(Timer timer, Retries retries, Consumer<SupervisionEvent> listener) {
    this.timer = timer;
    this.retries = retries;
    this.events = new Events(listener);
  }

  /** Tells the listener what happened. Never under a lock. */
  void tell() {
    events.tell();
  }

  synchronized void begins() {
    event(Optional.empty(), Optional.empty());
  }

  /** It is being opened; false if nobody wants that any more. */
  synchronized boolean opening(CompletableFuture<Line> begun) {
    if (isOver()) {
      return false;
    }
    opening = begun;
    return true;
  }

  /** There is a circuit; false if nobody wants it any more. */
  synchronized boolean opened(Line opened) {
    if (isOver()) {
      return false;
    }
    line = opened;
    opening = null;
    return true;
  }

  /** The circuit has its forwards; false if it is gone already. */
  synchronized boolean up(Line on) {
    if (isOver() || line != on) {
      return false;
    }
    state = ForwardState.UP;
    upSince = timer.uptime();
    retries.up();
    event(Optional.empty(), Optional.empty());
    return true;
  }

  /** The circuit is gone: for how long it was up, if it was the one of the moment. */
  synchronized Optional<Duration> gone(Line gone) {
    if (isOver() || line != gone) {
      return Optional.empty();
    }
    line = null;
    return Optional.of(state == ForwardState.UP ? timer.uptime().minus(upSince) : Duration.ZERO);
  }

  /** What comes after the circuit was lost; empty if it is over. */
  synchronized Optional<Decision> lost(CircuitException failure, Duration lasted, Runnable open) {
    return isOver()
        ? Optional.empty()
        : Optional.of(follow(retries.lost(failure, lasted), failure, open));
  }

  /** What comes after an attempt failed; empty if it is over. */
  synchronized Optional<Decision> failed(CircuitException failure, Runnable open) {
    return isOver()
        ? Optional.empty()
        : Optional.of(follow(retries.failed(failure), failure, open));
  }

  private Decision follow(Decision decision, CircuitException failure, Runnable open) {
    opening = null;
    if (decision instanceof Decision.Again again) {
      state = ForwardState.RECONNECTING;
      lastFailure = failure;
      event(Optional.of(failure), Optional.of(again.in()));
      next = timer.after(again.in(), open);
    }
    return decision;
  }

  /** The far end refused this forward, or, without a failure, listens at last. */
  synchronized void farEnd(Line on, ForwardSpec forward, Optional<CircuitException> failure) {
    if (line != on || state != ForwardState.UP) {
      return;
    }
    failure.ifPresent(reason -> lastFailure = reason);
    events.add(
        new SupervisionEvent(
            timer.now(),
            state,
            failure,
            retries.attempt(),
            Optional.empty(),
            Optional.of(forward)));
  }

  /**
   * It is over, for a reason or because it was closed. What is left to close; empty if it was over.
   */
  synchronized Optional<Remains> over(Optional<CircuitException> failure) {
    if (isOver()) {
      return Optional.empty();
    }
    state = failure.isPresent() ? ForwardState.FAILED : ForwardState.CLOSED;
    failure.ifPresent(reason -> lastFailure = reason);
    if (next != null) {
      next.cancel();
    }
    event(failure, Optional.empty());
    return Optional.of(new Remains(Optional.ofNullable(line), Optional.ofNullable(opening)));
  }

  /** What an end leaves to close. */
  record Remains(Optional<Line> line, Optional<CompletableFuture<Line>> opening) {}

  synchronized boolean isOver() {
    return state == ForwardState.FAILED || state == ForwardState.CLOSED;
  }

  /** Whether the route was ever up. */
  synchronized boolean began() {
    return retries.began();
  }

  synchronized ForwardState state() {
    return state;
  }

  /** The circuit of the moment. */
  synchronized Optional<Line> line() {
    return Optional.ofNullable(line);
  }

  synchronized Optional<CircuitException> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Of the circuit of the moment; without one, of the last failure. */
  Trail trail() {
    Optional<Line> current;
    Optional<CircuitException> failure;
    synchronized (this) {
      current = Optional.ofNullable(line);
      failure = Optional.ofNullable(lastFailure);
    }
    return current
        .map(Line::trail)
        .or(() -> failure.map(CircuitException::trail))
        .orElseGet(() -> new Trail(List.of()));
  }

  private void event(Optional<CircuitException> failure, Optional<Duration> wait) {
    events.add(
        new SupervisionEvent(
            timer.now(), state, failure, retries.attempt(), wait, Optional.empty()));
  }
}

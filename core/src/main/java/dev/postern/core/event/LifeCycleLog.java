package dev.postern.core.event;

import static dev.postern.core.text.Sanitiser.line;

import dev.postern.circuit.CircuitException;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitEvent.AuthAttempt;
import dev.postern.event.CircuitEvent.CircuitClosed;
import dev.postern.event.CircuitEvent.CircuitFailed;
import dev.postern.event.CircuitEvent.CircuitOpened;
import dev.postern.event.CircuitEvent.ForwardClosed;
import dev.postern.event.CircuitEvent.ForwardConnection;
import dev.postern.event.CircuitEvent.ForwardOpened;
import dev.postern.event.CircuitEvent.ForwardRefused;
import dev.postern.event.CircuitEvent.HopClosed;
import dev.postern.event.CircuitEvent.HopOpened;
import dev.postern.event.CircuitEvent.Reconnected;
import dev.postern.event.CircuitListener;
import dev.postern.problem.Code;
import java.time.Duration;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** One line for each change. The names of the loggers are promised in docs/events.md. */
final class LifeCycleLog implements CircuitListener {
  private final Logger circuits;
  private final Logger hops;
  private final Logger attempts;
  private final Logger forwards;

  LifeCycleLog(ILoggerFactory loggers) {
    this.circuits = loggers.getLogger("dev.postern.circuit");
    this.hops = loggers.getLogger("dev.postern.hop");
    this.attempts = loggers.getLogger("dev.postern.auth");
    this.forwards = loggers.getLogger("dev.postern.forward");
  }

  @Override
  public void on(CircuitEvent event) {
    String route = line(event.route());
    if (event instanceof CircuitOpened opened) {
      circuits.info("{}: open after {} ({} hops)", route, millis(opened.took()), opened.hops());
    } else if (event instanceof CircuitFailed failed) {
      failed(route, failed.failure());
    } else if (event instanceof CircuitClosed closed) {
      closed(route, closed);
    } else if (event instanceof Reconnected again) {
      reconnected(route, again);
    } else if (event instanceof HopOpened hop) {
      opened(route, hop);
    } else if (event instanceof HopClosed hop) {
      closed(route, hop);
    } else if (event instanceof AuthAttempt attempt) {
      attempts.debug(
          "{}: {} {} {}",
          route,
          line(attempt.hop().toString()),
          attempt.method(),
          attempt.outcome());
    } else if (event instanceof ForwardOpened forward) {
      forwards.info("{}: {} is up", route, line(forward.forward()));
    } else if (event instanceof ForwardClosed forward) {
      forwards.info("{}: {} is closed", route, line(forward.forward()));
    } else if (event instanceof ForwardRefused forward) {
      forwards.warn(
          "{}: {} is refused by the far end: {}",
          route,
          line(forward.forward()),
          words(forward.failure()));
    } else if (event instanceof ForwardConnection connection) {
      connection(route, connection);
    }
  }

  /** Giving up is no failure. */
  private void failed(String route, CircuitException failure) {
    if (failure.code() == Code.CANCELLED) {
      circuits.info("{}: given up: {}", route, words(failure));
    } else {
      circuits.warn("{}: cannot be opened: {}", route, words(failure));
    }
  }

  private void closed(String route, CircuitClosed closed) {
    if (closed.lost().isPresent()) {
      circuits.warn(
          "{}: lost after {}: {}", route, millis(closed.lived()), words(closed.lost().get()));
    } else {
      circuits.info("{}: closed after {}", route, millis(closed.lived()));
    }
  }

  private void reconnected(String route, Reconnected again) {
    if (again.failure().isPresent()) {
      circuits.warn(
          "{}: not open again (attempt {}): {}",
          route,
          again.attempt(),
          words(again.failure().get()));
    } else {
      circuits.info("{}: open again (attempt {})", route, again.attempt());
    }
  }

  /** A hop that fails is named by its circuit's failure; here it is for the details. */
  private void opened(String route, HopOpened hop) {
    String name = line(hop.hop().toString());
    if (hop.failure().isPresent()) {
      hops.debug("{}: {} {}", route, name, line(hop.failure().get().toString()));
    } else {
      hops.info("{}: {} is open after {}", route, name, millis(hop.took()));
    }
  }

  private void closed(String route, HopClosed hop) {
    String name = line(hop.hop().toString());
    if (hop.lost().isPresent()) {
      hops.info("{}: {} is closed: {}", route, name, line(hop.lost().get().toString()));
    } else {
      hops.info("{}: {} is closed", route, name);
    }
  }

  private void connection(String route, ForwardConnection connection) {
    String forward = line(connection.forward());
    if (connection.failure().isPresent()) {
      forwards.warn(
          "{}: a connection to {} was refused: {}",
          route,
          forward,
          line(connection.failure().get().toString()));
    } else {
      forwards.debug(
          "{}: a connection to {} ended after {}, {} bytes sent and {} received",
          route,
          forward,
          millis(connection.took()),
          connection.sent(),
          connection.received());
    }
  }

  private static String words(CircuitException failure) {
    return line(String.valueOf(failure.getMessage()));
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}

package dev.postern.cli.command;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.cli.report.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person, or in JSON a program, when a route is lost and when it is up again, and the same
 * of forwards whose listener is at the far end.
 */
final class SupervisionReport implements Consumer<SupervisionEvent> {
  private final PrintStream error;
  private final PrintStream reports;
  private final String route;
  private final boolean json;
  private final boolean quiet;
  private @Nullable Instant lostAt;

  SupervisionReport(
      PrintStream error, PrintStream reports, String route, boolean json, boolean quiet) {
    this.error = error;
    this.reports = reports;
    this.route = route;
    this.json = json;
    this.quiet = quiet;
  }

  @Override
  public synchronized void accept(SupervisionEvent event) {
    if (event.forward().isPresent()) {
      farEnd(event, event.forward().get().toString());
    } else if (event.state() == ForwardState.RECONNECTING) {
      lost(event);
    } else if (event.state() == ForwardState.UP && lostAt != null) {
      upAgain(event, Duration.between(lostAt, event.when()));
      lostAt = null;
    }
  }

  private void farEnd(SupervisionEvent event, String forward) {
    String why = event.failure().map(CircuitException::getMessage).orElse("");
    if (json) {
      Map<String, Object> line = line(event);
      line.put("event", why.isEmpty() ? "forward-up" : "forward-refused");
      line.put("forward", forward);
      event.failure().ifPresent(failure -> failed(line, failure));
      reports.println(Json.text(line));
    } else if (!quiet) {
      error.println(
          why.isEmpty()
              ? "Up again: " + forward
              : "Still without %s: %s; asked again until it is there".formatted(forward, why));
    }
  }

  private static void failed(Map<String, Object> line, CircuitException failure) {
    line.put("message", String.valueOf(failure.getMessage()));
    line.put("code", failure.code().id());
  }

  private void lost(SupervisionEvent event) {
    boolean first = lostAt == null;
    if (first) {
      lostAt = event.when();
    }
    String why = event.failure().map(CircuitException::getMessage).orElse("");
    Duration wait = event.nextAttemptIn().orElse(Duration.ZERO);
    if (json) {
      Map<String, Object> line = line(event);
      event.failure().ifPresent(failure -> failed(line, failure));
      line.put("nextAttemptMillis", wait.toMillis());
      reports.println(Json.text(line));
    } else if (!quiet) {
      error.printf(
          Locale.ROOT,
          "%s %s: %s; again in %.1f s (attempt %d)%n",
          first ? "Lost" : "Still without",
          route,
          why,
          wait.toMillis() / 1000.0,
          event.attempt());
    }
  }

  private void upAgain(SupervisionEvent event, Duration gone) {
    if (json) {
      Map<String, Object> line = line(event);
      line.put("afterMillis", gone.toMillis());
      reports.println(Json.text(line));
    } else if (!quiet) {
      error.println("Up again after " + gone.toSeconds() + " s");
    }
  }

  private Map<String, Object> line(SupervisionEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event.state().name().toLowerCase(Locale.ROOT));
    line.put("route", route);
    line.put("when", event.when().toString());
    line.put("attempt", event.attempt());
    return line;
  }
}

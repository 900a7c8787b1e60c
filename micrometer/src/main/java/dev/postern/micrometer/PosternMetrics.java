package dev.postern.micrometer;

import static java.util.Objects.requireNonNull;

import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitEvent.AuthAttempt;
import dev.postern.event.CircuitEvent.CircuitClosed;
import dev.postern.event.CircuitEvent.CircuitFailed;
import dev.postern.event.CircuitEvent.CircuitOpened;
import dev.postern.event.CircuitEvent.ForwardClosed;
import dev.postern.event.CircuitEvent.ForwardConnection;
import dev.postern.event.CircuitEvent.ForwardOpened;
import dev.postern.event.CircuitEvent.HopOpened;
import dev.postern.event.CircuitEvent.Reconnected;
import dev.postern.event.CircuitListener;
import dev.postern.event.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;

/**
 * Meters what a {@code Postern} does:
 *
 * <pre>{@code
 * PosternMetrics metrics = new PosternMetrics();
 * metrics.bindTo(registry);
 * Postern postern = Postern.builder().configuration(file).listener(metrics).build();
 * }</pre>
 *
 * <p>The meters and their tags are listed in {@code docs/events.md}. What happens before a registry
 * is bound is not counted there. One instance can serve several instances of {@code Postern}. Safe
 * for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class PosternMetrics implements MeterBinder, CircuitListener {
  private static final String NO_CODE = "none";

  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
  private final Map<String, AtomicInteger> circuits = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> forwards = new ConcurrentHashMap<>();

  /** Meters that are bound to no registry yet. */
  public PosternMetrics() {}

  @Override
  public void bindTo(MeterRegistry to) {
    registry.add(requireNonNull(to, "registry is null"));
  }

  @Override
  public void on(CircuitEvent event) {
    if (event instanceof CircuitOpened opened) {
      gauge(circuits, "postern.circuits.open", opened.route()).incrementAndGet();
      circuitOpenings(opened.route(), "open", NO_CODE);
    } else if (event instanceof CircuitFailed failed) {
      circuitOpenings(failed.route(), "failed", failed.failure().code().id());
    } else if (event instanceof CircuitClosed closed) {
      gauge(circuits, "postern.circuits.open", closed.route()).decrementAndGet();
      closed.lost().ifPresent(lost -> lost(closed.route(), lost.code().id()));
    } else if (event instanceof HopOpened hop) {
      opened(hop);
    } else if (event instanceof AuthAttempt attempt) {
      attempted(attempt);
    } else if (event instanceof ForwardOpened forward) {
      gauge(forwards, "postern.forwards.open", forward.route()).incrementAndGet();
    } else if (event instanceof ForwardClosed forward) {
      gauge(forwards, "postern.forwards.open", forward.route()).decrementAndGet();
    } else if (event instanceof ForwardConnection connection) {
      ended(connection);
    } else if (event instanceof Reconnected again) {
      reconnected(again);
    }
  }

  private AtomicInteger gauge(Map<String, AtomicInteger> gauges, String name, String route) {
    return gauges.computeIfAbsent(
        route, key -> registry.gauge(name, Tags.of("route", key), new AtomicInteger()));
  }

  private void circuitOpenings(String route, String outcome, String code) {
    registry
        .counter("postern.circuits", "route", route, "outcome", outcome, "code", code)
        .increment();
  }

  private void lost(String route, String code) {
    registry.counter("postern.circuits.lost", "route", route, "code", code).increment();
  }

  private void opened(HopOpened hop) {
    String code = hop.failure().map(PosternMetrics::code).orElse(NO_CODE);
    registry
        .timer(
            "postern.hops",
            "route",
            hop.route(),
            "hop",
            String.valueOf(hop.hop().index()),
            "outcome",
            hop.failure().isEmpty() ? "open" : "failed",
            "code",
            code)
        .record(hop.took());
    if (code.startsWith("PST-A")) {
      registry.counter("postern.auth.failures", "route", hop.route(), "code", code).increment();
    }
  }

  private void attempted(AuthAttempt attempt) {
    registry
        .timer(
            "postern.auth.attempts",
            "route",
            attempt.route(),
            "method",
            attempt.method(),
            "outcome",
            attempt.outcome().toString())
        .record(attempt.took());
  }

  private void ended(ForwardConnection connection) {
    String route = connection.route();
    String code = connection.failure().map(PosternMetrics::code).orElse(NO_CODE);
    registry
        .timer(
            "postern.forwards.connections",
            "route",
            route,
            "outcome",
            connection.failure().isEmpty() ? "ended" : "refused",
            "code",
            code)
        .record(connection.took());
    bytes(route, "sent", connection.sent());
    bytes(route, "received", connection.received());
  }

  private void bytes(String route, String direction, long count) {
    registry
        .counter("postern.forwards.bytes", "route", route, "direction", direction)
        .increment((double) count);
  }

  private void reconnected(Reconnected again) {
    registry
        .counter(
            "postern.reconnects",
            "route",
            again.route(),
            "outcome",
            again.failure().isEmpty() ? "open" : "failed",
            "code",
            again.failure().map(failure -> failure.code().id()).orElse(NO_CODE))
        .increment();
  }

  private static String code(Reason reason) {
    return reason.code().id();
  }
}

package dev.postern.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.event.AuthOutcome;
import dev.postern.event.CircuitEvent;
import dev.postern.event.Reason;
import dev.postern.problem.Code;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PosternMetricsTest {
  private static final HopInfo HOP = new HopInfo(1, 2, "alice", new Endpoint("bastion", 22));
  private static final Duration TOOK = Duration.ofMillis(640);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PosternMetrics metrics = new PosternMetrics();

  @BeforeEach
  void bind() {
    metrics.bindTo(registry);
  }

  @Test
  void circuitsAndForwardsAreGaugedWhileTheyAreOpen() {
    metrics.on(new CircuitEvent.CircuitOpened("db", 2, TOOK));
    metrics.on(new CircuitEvent.CircuitOpened("db", 2, TOOK));
    metrics.on(new CircuitEvent.ForwardOpened("db", "1 -> h:2"));
    assertThat(gauge("postern.circuits.open")).isEqualTo(2);
    assertThat(gauge("postern.forwards.open")).isEqualTo(1);
    metrics.on(new CircuitEvent.ForwardClosed("db", "1 -> h:2"));
    metrics.on(new CircuitEvent.CircuitClosed("db", Optional.empty(), TOOK));
    metrics.on(new CircuitEvent.CircuitClosed("db", Optional.of(failure(Code.LINK_LOST)), TOOK));
    assertThat(gauge("postern.circuits.open")).isZero();
    assertThat(gauge("postern.forwards.open")).isZero();
    assertThat(count("postern.circuits", "outcome", "open")).isEqualTo(2);
    assertThat(count("postern.circuits.lost", "code", "PST-T009")).isEqualTo(1);
  }

  @Test
  void failuresAreCountedByTheirCode() {
    metrics.on(new CircuitEvent.CircuitFailed("db", failure(Code.AUTH_DENIED), TOOK));
    metrics.on(
        new CircuitEvent.HopOpened(
            "db", HOP, TOOK, Optional.of(new Reason(Code.AUTH_DENIED, Phase.AUTH, "no"))));
    metrics.on(
        new CircuitEvent.HopOpened(
            "db", HOP, TOOK, Optional.of(new Reason(Code.CONNECT_FAILED, Phase.CONNECT, "no"))));
    metrics.on(new CircuitEvent.AuthAttempt("db", HOP, "password", AuthOutcome.REFUSED, TOOK));
    assertThat(count("postern.circuits", "code", "PST-A001")).isEqualTo(1);
    assertThat(count("postern.auth.failures", "code", "PST-A001")).isEqualTo(1);
    assertThat(registry.find("postern.auth.failures").tag("code", "PST-T002").counter()).isNull();
    assertThat(registry.get("postern.hops").tag("code", "PST-T002").timer().count()).isEqualTo(1);
    assertThat(
            registry
                .get("postern.auth.attempts")
                .tags("method", "password", "outcome", "refused")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(640);
  }

  @Test
  void connectionsBringTheirBytes() {
    for (int i = 0; i < 2; i++) {
      metrics.on(
          new CircuitEvent.ForwardConnection("db", "1 -> h:2", 3, 40, TOOK, Optional.empty()));
    }
    metrics.on(
        new CircuitEvent.ForwardConnection(
            "db",
            "1 -> h:2",
            0,
            0,
            TOOK,
            Optional.of(new Reason(Code.HOP_CANNOT_REACH, Phase.CHANNEL, "no"))));
    assertThat(count("postern.forwards.bytes", "direction", "sent")).isEqualTo(6);
    assertThat(count("postern.forwards.bytes", "direction", "received")).isEqualTo(80);
    assertThat(registry.get("postern.forwards.connections").tag("outcome", "ended").timer().count())
        .isEqualTo(2);
    assertThat(registry.get("postern.forwards.connections").tag("code", "PST-T008").timer().count())
        .isEqualTo(1);
  }

  @Test
  void reconnectionsAreCountedByTheirOutcome() {
    metrics.on(
        new CircuitEvent.Reconnected("db", 1, TOOK, Optional.of(failure(Code.CONNECT_FAILED))));
    metrics.on(new CircuitEvent.Reconnected("db", 2, TOOK, Optional.empty()));
    assertThat(count("postern.reconnects", "outcome", "failed")).isEqualTo(1);
    assertThat(count("postern.reconnects", "outcome", "open")).isEqualTo(1);
  }

  @Test
  void severalRegistriesAreServed() {
    SimpleMeterRegistry other = new SimpleMeterRegistry();
    metrics.on(new CircuitEvent.CircuitOpened("db", 2, TOOK));
    metrics.bindTo(other);
    assertThat(other.get("postern.circuits.open").tag("route", "db").gauge().value()).isEqualTo(1);
  }

  private double gauge(String name) {
    return registry.get(name).tag("route", "db").gauge().value();
  }

  private double count(String name, String tag, String value) {
    return registry.get(name).tag("route", "db").tag(tag, value).counter().count();
  }

  private static CircuitException failure(Code code) {
    return new CircuitException(code, Phase.AUTH, HOP, "no", new Trail(List.of()), null);
  }
}

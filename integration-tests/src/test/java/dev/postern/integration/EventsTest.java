package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.event.AuthOutcome;
import dev.postern.event.CircuitEvent;
import dev.postern.micrometer.PosternMetrics;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of real servers. */
@NeedsRealServers
final class EventsTest {
  @TempDir private Path folder;
  private final List<CircuitEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void aCircuitsLifeIsToldFromItsFirstHopToItsEnd() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    PosternMetrics metrics = new PosternMetrics();
    metrics.bindTo(registry);
    Path recorded = folder.resolve("it.jfr");
    try (TwoHops hops = TwoHops.in(folder);
        Recording recording = new Recording();
        Postern postern =
            Postern.builder()
                .configuration(hops.configuration())
                .listener(events::add)
                .listener(metrics)
                .build()) {
      recording.start();
      try (Circuit circuit = postern.open("it");
          ServerSocket target = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
          Forward forward =
              circuit.forward(
                  ForwardSpec.of("127.0.0.1:0", "localhost:" + target.getLocalPort()))) {
        assertThat(registry.get("postern.circuits.open").gauge().value()).isEqualTo(1);
        assertThat(registry.get("postern.forwards.open").gauge().value()).isEqualTo(1);
        exchange(forward, target);
        Awaitility.await().until(() -> of(CircuitEvent.ForwardConnection.class).size() == 1);
      }
      recording.stop();
      recording.dump(recorded);
    }
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "AuthAttempt",
            "HopOpened",
            "AuthAttempt",
            "HopOpened",
            "CircuitOpened",
            "ForwardOpened",
            "ForwardConnection",
            "ForwardClosed",
            "HopClosed",
            "HopClosed",
            "CircuitClosed");
    assertThat(events).extracting(CircuitEvent::route).containsOnly("it");
    assertThat(of(CircuitEvent.AuthAttempt.class))
        .allSatisfy(
            attempt -> {
              assertThat(attempt.method()).isEqualTo("publickey");
              assertThat(attempt.outcome()).isEqualTo(AuthOutcome.ACCEPTED);
              assertThat(attempt.took()).isPositive();
            });
    CircuitEvent.ForwardConnection connection = of(CircuitEvent.ForwardConnection.class).get(0);
    assertThat(connection.sent()).isEqualTo(4);
    assertThat(connection.received()).isEqualTo(2);
    assertThat(connection.failure()).isEmpty();
    assertThat(of(CircuitEvent.CircuitClosed.class).get(0).lost()).isEmpty();
    assertThat(registry.get("postern.circuits.open").gauge().value()).isZero();
    assertThat(registry.get("postern.forwards.bytes").tag("direction", "sent").counter().count())
        .isEqualTo(4);
    assertThat(RecordingFile.readAllEvents(recorded))
        .extracting(event -> event.getEventType().getName())
        .contains(
            "dev.postern.HopOpened", "dev.postern.AuthAttempt", "dev.postern.ForwardConnection");
  }

  private static void exchange(Forward forward, ServerSocket target) throws Exception {
    int port = forward.port();
    try (Socket client = new Socket("127.0.0.1", port);
        Socket server = target.accept()) {
      client.getOutputStream().write(new byte[4]);
      assertThat(server.getInputStream().readNBytes(4)).hasSize(4);
      server.getOutputStream().write(new byte[2]);
      assertThat(client.getInputStream().readNBytes(2)).hasSize(2);
    }
  }

  @Test
  void refusalsAndLossesAreToldWithTheirCodesAndWithoutSecrets() throws Exception {
    try (Account account = Account.create();
        RealSshd server = RealSshd.in(folder).option("PasswordAuthentication", "yes").start()) {
      Path wrong =
          new RouteFile(folder)
              .hop(server, account.name(), "[ { type = password, password = \"wr0ng-sesame\" } ]")
              .write();
      try (Postern postern = Postern.builder().configuration(wrong).listener(events::add).build()) {
        assertThatThrownBy(() -> postern.open("it")).isInstanceOf(CircuitException.class);
      }
      assertThat(of(CircuitEvent.AuthAttempt.class))
          .extracting(CircuitEvent.AuthAttempt::method)
          .contains("password");
      assertThat(of(CircuitEvent.AuthAttempt.class))
          .allMatch(attempt -> attempt.outcome() == AuthOutcome.REFUSED);
      assertThat(of(CircuitEvent.HopOpened.class).get(0).failure())
          .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo(Code.AUTH_DENIED));
      assertThat(of(CircuitEvent.CircuitFailed.class).get(0).failure().code())
          .isEqualTo(Code.AUTH_DENIED);
      assertThat(events.toString()).doesNotContain("wr0ng-sesame");
    }
    events.clear();
    try (TwoHops hops = TwoHops.in(folder);
        Postern postern =
            Postern.builder().configuration(hops.configuration()).listener(events::add).build()) {
      Circuit circuit = postern.open("it");
      hops.first().kill();
      circuit.closed().toCompletableFuture().join();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> of(CircuitEvent.CircuitClosed.class).size() == 1);
      assertThat(of(CircuitEvent.CircuitClosed.class).get(0).lost())
          .hasValueSatisfying(lost -> assertThat(lost.code()).isEqualTo(Code.LINK_LOST));
      assertThat(of(CircuitEvent.HopClosed.class))
          .anySatisfy(
              hop -> {
                assertThat(hop.hop().index()).isEqualTo(1);
                assertThat(hop.lost()).isPresent();
              });
    }
  }

  private <E extends CircuitEvent> List<E> of(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}

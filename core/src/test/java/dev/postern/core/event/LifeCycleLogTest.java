package dev.postern.core.event;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LifeCycleLogTest {
  private static final HopInfo HOP = new HopInfo(1, 2, "alice", new Endpoint("bastion", 22));
  private static final Duration TOOK = Duration.ofMillis(640);
  private static final Reason LOST = new Reason(Code.LINK_LOST, Phase.REMOTE, "cut");

  private final WrittenLog log = new WrittenLog();
  private final LifeCycleLog listener = new LifeCycleLog(log);

  @Test
  void aCircuitsLifeIsOneLineForEachChange() {
    listener.on(new CircuitEvent.AuthAttempt("db", HOP, "password", AuthOutcome.PARTIAL, TOOK));
    listener.on(new CircuitEvent.HopOpened("db", HOP, TOOK, Optional.empty()));
    listener.on(new CircuitEvent.ForwardOpened("db", "127.0.0.1:1 -> h:2"));
    listener.on(new CircuitEvent.CircuitOpened("db", 2, TOOK));
    listener.on(
        new CircuitEvent.ForwardConnection(
            "db", "127.0.0.1:1 -> h:2", 3, 4, TOOK, Optional.empty()));
    listener.on(new CircuitEvent.ForwardClosed("db", "127.0.0.1:1 -> h:2"));
    listener.on(new CircuitEvent.HopClosed("db", HOP, Optional.empty()));
    listener.on(new CircuitEvent.CircuitClosed("db", Optional.empty(), TOOK));
    assertThat(log.lines)
        .containsExactly(
            "DEBUG dev.postern.auth db: hop 1/2 alice@bastion password partial",
            "INFO dev.postern.hop db: hop 1/2 alice@bastion is open after 640 ms",
            "INFO dev.postern.forward db: 127.0.0.1:1 -> h:2 is up",
            "INFO dev.postern.circuit db: open after 640 ms (2 hops)",
            "DEBUG dev.postern.forward db: a connection to 127.0.0.1:1 -> h:2 ended after 640 ms, 3 bytes sent and 4 received",
            "INFO dev.postern.forward db: 127.0.0.1:1 -> h:2 is closed",
            "INFO dev.postern.hop db: hop 1/2 alice@bastion is closed",
            "INFO dev.postern.circuit db: closed after 640 ms");
  }

  @Test
  void failuresAreWarningsWithTheirCode() {
    listener.on(new CircuitEvent.HopOpened("db", HOP, TOOK, Optional.of(LOST)));
    listener.on(new CircuitEvent.CircuitFailed("db", failure(Code.AUTH_DENIED, "no"), TOOK));
    listener.on(new CircuitEvent.HopClosed("db", HOP, Optional.of(LOST)));
    listener.on(
        new CircuitEvent.CircuitClosed("db", Optional.of(failure(Code.LINK_LOST, "cut")), TOOK));
    listener.on(
        new CircuitEvent.ForwardConnection("db", "1 -> h:2", 0, 0, TOOK, Optional.of(LOST)));
    listener.on(
        new CircuitEvent.Reconnected(
            "db", 1, TOOK, Optional.of(failure(Code.CONNECT_FAILED, "x"))));
    listener.on(new CircuitEvent.Reconnected("db", 2, TOOK, Optional.empty()));
    listener.on(
        new CircuitEvent.ForwardRefused(
            "db", "remote l:1 -> h:2", failure(Code.FORWARD_DENIED, "taken")));
    assertThat(log.lines)
        .containsExactly(
            "DEBUG dev.postern.hop db: hop 1/2 alice@bastion remote: cut [PST-T009]",
            "WARN dev.postern.circuit db: cannot be opened: hop 1/2 alice@bastion auth: no [PST-A001]",
            "INFO dev.postern.hop db: hop 1/2 alice@bastion is closed: remote: cut [PST-T009]",
            "WARN dev.postern.circuit db: lost after 640 ms: hop 1/2 alice@bastion auth: cut [PST-T009]",
            "WARN dev.postern.forward db: a connection to 1 -> h:2 was refused: remote: cut [PST-T009]",
            "WARN dev.postern.circuit db: not open again (attempt 1): hop 1/2 alice@bastion auth: x [PST-T002]",
            "INFO dev.postern.circuit db: open again (attempt 2)",
            "WARN dev.postern.forward db: remote l:1 -> h:2 is refused by the far end: hop 1/2 alice@bastion auth: taken [PST-F004]");
  }

  @Test
  void whatWasGivenUpIsNoWarning() {
    listener.on(new CircuitEvent.CircuitFailed("db", failure(Code.CANCELLED, "given up"), TOOK));
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith("INFO dev.postern.circuit db: given");
  }

  @Test
  void aLineStaysALine() {
    listener.on(new CircuitEvent.CircuitOpened("a\nb\u001b[2J", 1, TOOK));
    assertThat(log.lines).singleElement().asString().doesNotContain("\n").doesNotContain("\u001b");
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    StringBuilder heard = new StringBuilder();
    Events events =
        Events.to(
            List.of(
                event -> {
                  throw new IllegalStateException("mine");
                },
                event -> heard.append(event.route())));
    events.on(new CircuitEvent.CircuitOpened("db", 1, TOOK));
    assertThat(heard).hasToString("db");
  }

  private static CircuitException failure(Code code, String sentence) {
    return new CircuitException(code, Phase.AUTH, HOP, sentence, new Trail(List.of()), null);
  }
}

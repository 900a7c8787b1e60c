package dev.postern.core.supervision;

import static dev.postern.circuit.ForwardState.CLOSED;
import static dev.postern.circuit.ForwardState.FAILED;
import static dev.postern.circuit.ForwardState.OPENING;
import static dev.postern.circuit.ForwardState.RECONNECTING;
import static dev.postern.circuit.ForwardState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.Trail;
import dev.postern.event.CircuitEvent.ForwardRefused;
import dev.postern.event.CircuitEvent.Reconnected;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators are told of the attempts to open a lost circuit again. */
final class ReconnectionsTest {
  private final List<String> told = new ArrayList<>();
  private final List<ForwardState> passedOn = new ArrayList<>();
  private final Reconnections reconnections =
      new Reconnections(
          "db",
          event -> {
            if (event instanceof ForwardRefused refused) {
              told.add(refused.forward() + " " + refused.failure().code());
              return;
            }
            Reconnected attempt = (Reconnected) event;
            told.add(
                "%s %d %s %s"
                    .formatted(
                        attempt.route(),
                        attempt.attempt(),
                        attempt.took(),
                        attempt.failure().map(CircuitException::code).orElse(null)));
          },
          event -> passedOn.add(event.state()));

  private void at(int second, ForwardState state, int attempt, int waitSeconds, Code... failure) {
    reconnections.accept(
        new SupervisionEvent(
            Instant.ofEpochSecond(second),
            state,
            List.of(failure).stream().findFirst().map(ReconnectionsTest::failure),
            attempt,
            waitSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(waitSeconds)),
            Optional.empty()));
  }

  private static CircuitException failure(Code code) {
    return new CircuitException(code, Phase.CONNECT, null, "no", new Trail(List.of()), null);
  }

  @Test
  void eachAttemptIsToldWithItsNumberAndHowItEnded() {
    at(0, OPENING, 0, 0);
    at(1, UP, 0, 0);
    at(100, RECONNECTING, 1, 1, Code.LINK_LOST);
    at(104, RECONNECTING, 2, 2, Code.CONNECT_FAILED);
    at(107, UP, 2, 0);
    assertThat(told).containsExactly("db 1 PT3S PST-T002", "db 2 PT1S null");
    assertThat(passedOn).containsExactly(OPENING, UP, RECONNECTING, RECONNECTING, UP);
  }

  @Test
  void aForwardThatTheFarEndRefusedIsToldAndHasNoPartInAttempts() {
    at(0, RECONNECTING, 1, 1, Code.LINK_LOST);
    at(2, UP, 1, 0);
    told.clear();
    ForwardSpec forward =
        ForwardSpec.remote(ForwardAddress.of("localhost:4711"), ForwardAddress.of("localhost:80"));
    reconnections.accept(about(forward, Optional.of(failure(Code.FORWARD_DENIED))));
    reconnections.accept(about(forward, Optional.empty()));
    assertThat(told).containsExactly(forward + " PST-F004");
    assertThat(passedOn).hasSize(4);
  }

  private static SupervisionEvent about(ForwardSpec forward, Optional<CircuitException> failure) {
    return new SupervisionEvent(
        Instant.ofEpochSecond(2), UP, failure, 1, Optional.empty(), Optional.of(forward));
  }

  @Test
  void aLossIsNoAttempt() {
    at(0, OPENING, 0, 0);
    at(1, UP, 0, 0);
    at(2, RECONNECTING, 1, 1, Code.LINK_LOST);
    assertThat(told).isEmpty();
  }

  @Test
  void theAttemptThatEndsItAllIsToldAndOneThatWasGivenUpIsNot() {
    at(0, RECONNECTING, 1, 1, Code.LINK_LOST);
    at(3, FAILED, 1, 0, Code.HOST_KEY_CHANGED);
    assertThat(told).containsExactly("db 1 PT2S PST-H002");

    at(5, RECONNECTING, 1, 1, Code.LINK_LOST);
    at(6, CLOSED, 1, 0);
    assertThat(told).hasSize(1);
  }
}

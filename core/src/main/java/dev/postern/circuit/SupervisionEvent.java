package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A change in the life of a {@link Supervision}.
 *
 * @param when it happened
 * @param state what the supervision is at now
 * @param failure why the circuit was lost, or an attempt at the next one failed; empty when it is
 *     up, or was closed by us
 * @param attempt the number of the attempt that is next, or that succeeded, counted since the
 *     circuit was last up for the gate time; 0 for the first opening
 * @param nextAttemptIn how long the next attempt waits; empty if there is none
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record SupervisionEvent(
    Instant when,
    ForwardState state,
    Optional<CircuitException> failure,
    int attempt,
    Optional<Duration> nextAttemptIn) {
  /** Checks the values. */
  public SupervisionEvent {
    requireNonNull(when, "when is null");
    requireNonNull(state, "state is null");
    requireNonNull(failure, "failure is null");
    requireNonNull(nextAttemptIn, "nextAttemptIn is null");
  }
}

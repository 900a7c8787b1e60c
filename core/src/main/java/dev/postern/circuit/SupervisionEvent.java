package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A change in the life of a {@link Supervision}, or of a forward of its far end while it is up.
 *
 * @param when it happened
 * @param state what the supervision is at now
 * @param failure why the circuit was lost, or an attempt at the next one failed; with a forward,
 *     why the far end refused it; empty when it is up, or was closed by us
 * @param attempt the number of the attempt that is next, or that succeeded, counted since the
 *     circuit was last up for the gate time; 0 for the first opening
 * @param nextAttemptIn how long the next attempt waits; empty if there is none
 * @param forward a forward, with its port, that the last hop of a new circuit refused to listen for
 *     ({@code PST-F004}); it is asked again every {@code reconnect.delay}, and a second event
 *     without a failure tells when it listens at last. Empty if the event is about the circuit
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record SupervisionEvent(
    Instant when,
    ForwardState state,
    Optional<CircuitException> failure,
    int attempt,
    Optional<Duration> nextAttemptIn,
    Optional<ForwardSpec> forward) {
  /** Checks the values. */
  public SupervisionEvent {
    requireNonNull(when, "when is null");
    requireNonNull(state, "state is null");
    requireNonNull(failure, "failure is null");
    requireNonNull(nextAttemptIn, "nextAttemptIn is null");
    requireNonNull(forward, "forward is null");
  }
}

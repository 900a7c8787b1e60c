package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * One thing that happened on a hop.
 *
 * @param hop the hop
 * @param phase in which phase
 * @param elapsed since the opening of the circuit began
 * @param text what happened, sanitised, without secrets
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record TrailEntry(HopInfo hop, Phase phase, Duration elapsed, String text) {
  /** Checks the values. */
  public TrailEntry {
    requireNonNull(hop, "hop is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(elapsed, "elapsed is null");
    requireNonNull(text, "text is null");
  }

  /** {@code [ 12 ms] hop 1/2 alice@bastion auth: …}. */
  @Override
  public String toString() {
    return "[%5d ms] %s %s: %s".formatted(elapsed.toMillis(), hop, phase, text);
  }
}

package dev.postern.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * How a run ended.
 *
 * @param succeeded targets whose command returned 0
 * @param nonZero targets whose command returned something else
 * @param failed targets that could not be reached, or whose command was cut off or killed
 * @param skipped targets that were never tried: the run was stopped, or another target refused the
 *     same secret
 * @param highestStatus the highest exit status; empty if no command returned one
 * @param elapsed from the beginning to the end
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record FleetSummary(
    int succeeded,
    int nonZero,
    int failed,
    int skipped,
    OptionalInt highestStatus,
    Duration elapsed) {
  /** Checks the values. */
  public FleetSummary {
    requireNonNull(highestStatus, "highestStatus is null");
    requireNonNull(elapsed, "elapsed is null");
  }

  /** The number of targets. */
  public int targets() {
    return succeeded + nonZero + failed + skipped;
  }
}

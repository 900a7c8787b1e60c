package dev.postern.core.supervision;

import dev.postern.core.config.Reconnect;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long an attempt waits: twice as long as the one before, up to a bound, and up to a quarter
 * less or more by chance, so that many clients of a server that was gone do not all come at once.
 */
final class Backoff {
  private static final double SPREAD = 0.25;

  /** Beyond that the bound has long been reached. */
  private static final int MOST_DOUBLINGS = 30;

  private final Reconnect policy;
  private final DoubleSupplier chance;

  /** A chance is from 0 to 1. */
  Backoff(Reconnect policy, DoubleSupplier chance) {
    this.policy = policy;
    this.chance = chance;
  }

  /** The wait before an attempt, the first of which is 1. */
  Duration before(int attempt) {
    double longest = millis(policy.maxDelay());
    double doubled = millis(policy.delay()) * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
    double spread = Math.min(doubled, longest) * (1 - SPREAD + 2 * SPREAD * chance.getAsDouble());
    return Duration.ofMillis(Math.round(Math.min(spread, longest)));
  }

  private static double millis(Duration duration) {
    return (double) duration.toMillis();
  }
}

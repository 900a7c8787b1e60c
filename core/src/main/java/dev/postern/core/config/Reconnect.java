package dev.postern.core.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a supervised route is opened anew.
 *
 * @param enabled whether it is at all
 * @param delay before the first attempt; doubled for each that follows
 * @param maxDelay what the delay does not exceed
 * @param gateTime for how long a circuit must have been up to count as one that works (autossh's
 *     AUTOSSH_GATETIME)
 * @param attempts the most that may fail in a row; empty for no bound
 */
public record Reconnect(
    boolean enabled, Duration delay, Duration maxDelay, Duration gateTime, OptionalInt attempts) {
  /** The same, or never. */
  public Reconnect only(boolean wanted) {
    return new Reconnect(enabled && wanted, delay, maxDelay, gateTime, attempts);
  }
}

package dev.postern.core.config;

import dev.postern.api.config.Default;
import java.time.Duration;
import java.util.OptionalInt;

/** The {@code reconnect} of a route or of the defaults, as it is written. */
record ReconnectSettings(
    @Default("1s") Duration delay,
    @Default("1m") Duration maxDelay,
    @Default("30s") Duration gateTime,
    @Default("unlimited") String attempts) {
  private static final String UNLIMITED = "unlimited";

  ReconnectSettings {
    expect(!delay.isNegative() && !delay.isZero(), "'delay' is not longer than nothing");
    expect(maxDelay.compareTo(delay) >= 0, "'max-delay' is shorter than 'delay'");
    expect(!gateTime.isNegative(), "'gate-time' is negative; 0s turns it off");
    expect(
        attempts.equals(UNLIMITED) || attempts.matches("[1-9][0-9]{0,8}"),
        "'attempts' is neither a number from 1 nor " + UNLIMITED);
  }

  private static void expect(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  Reconnect policy() {
    OptionalInt bound =
        attempts.equals(UNLIMITED)
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(attempts));
    return new Reconnect(true, delay, maxDelay, gateTime, bound);
  }
}

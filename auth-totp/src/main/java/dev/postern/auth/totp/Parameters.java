package dev.postern.auth.totp;

import java.time.Duration;

/** How an account's codes are made, its seed aside. */
record Parameters(Algorithm algorithm, int digits, long periodSeconds) {
  static void check(int digits, Duration period) {
    if (digits < 6 || digits > 8) {
      throw new IllegalArgumentException("digits: %d is not from 6 to 8".formatted(digits));
    }
    if (period.toSeconds() < 1 || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
      throw new IllegalArgumentException(
          "period: must be whole seconds, at least one; most servers use 30s");
    }
  }
}

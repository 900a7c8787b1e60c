package dev.postern.core.supervision;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.config.Reconnect;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Reconnect POLICY =
      new Reconnect(true, ofSeconds(1), ofSeconds(60), ofSeconds(30), OptionalInt.empty());

  @Test
  void chanceSpreadsByAQuarter() {
    assertThat(new Backoff(POLICY, () -> 0).before(1)).isEqualTo(ofMillis(750));
    assertThat(new Backoff(POLICY, () -> 1).before(1)).isEqualTo(ofMillis(1_250));
  }

  @Test
  void theBoundHoldsForChanceAndForAnyNumberOfAttempts() {
    assertThat(new Backoff(POLICY, () -> 1).before(Integer.MAX_VALUE))
        .isEqualTo(Duration.ofMinutes(1));
  }
}

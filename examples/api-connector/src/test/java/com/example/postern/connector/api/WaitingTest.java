package com.example.postern.connector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long to wait before a request is made again. */
final class WaitingTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static Optional<Duration> wish(String value, String date) {
    return RetryAfter.of(value, Optional.ofNullable(date), NOW);
  }

  @Test
  void theApiSaysSecondsOrADateByItsOwnClock() {
    assertThat(wish("120", null)).contains(Duration.ofMinutes(2));
    assertThat(wish("0", null)).contains(Duration.ZERO);
    assertThat(wish("Sat, 31 Jan 2026 12:00:30 GMT", null)).contains(Duration.ofSeconds(30));
    assertThat(wish("Sat, 31 Jan 2026 12:00:30 GMT", "Sat, 31 Jan 2026 12:00:20 GMT"))
        .contains(Duration.ofSeconds(10));
    assertThat(wish("Sat, 31 Jan 2026 11:00:00 GMT", null)).contains(Duration.ZERO);
    assertThat(wish("soon", null)).isEmpty();
    assertThat(wish("-5", null)).isEmpty();
    assertThat(wish("99999999999999999999", null)).isEmpty();
  }

  @Test
  void otherwiseItIsTwiceAsLongEachTimeWithARandomPartAndNeverTooLong() {
    Patience patience =
        new Patience(9, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1));
    for (int i = 0; i < 200; i++) {
      assertThat(patience.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(patience.after(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(patience.after(40)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
  }
}

package com.example.postern.connector.api;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long.
 *
 * @param attempts how often a request is made at most
 * @param first how long to wait after the first failure; twice as long after each further one
 * @param longest how long to wait at most, whatever the API asks for
 * @param timeout how long to wait for a connection, and for each part of an answer
 */
public record Patience(int attempts, Duration first, Duration longest, Duration timeout) {
  /** What the command uses. */
  public static final Patience USUAL =
      new Patience(5, Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofSeconds(10));

  /**
   * How long to wait when nobody says. A random part keeps those apart that were turned away
   * together.
   */
  Duration after(int failures) {
    long exponential = first.toMillis() << Math.min(failures - 1, 20);
    long bounded = Math.max(1, Math.min(longest.toMillis(), exponential));
    return Duration.ofMillis(
        bounded / 2 + ThreadLocalRandom.current().nextLong(bounded - bounded / 2 + 1));
  }
}

package com.example.postern.connector.state;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reading from the first answer to the last, which may take several runs.
 *
 * @param started when it began, by our clock
 * @param since what was changed before this moment is left out; empty for a full one
 * @param place where the next answer begins; empty for the first
 * @param newest the latest change that was seen
 * @param total how many items there were to read, where the API said so
 * @param again how often it had to begin again
 */
public record Pass(
    Instant started,
    Optional<String> since,
    Optional<String> place,
    Optional<String> newest,
    OptionalLong total,
    int again) {

  /** A new one. */
  public static Pass begin(Instant now, Optional<String> since) {
    return new Pass(now, since, Optional.empty(), Optional.empty(), OptionalLong.empty(), 0);
  }

  /** Whether it reads everything. */
  public boolean isFull() {
    return since.isEmpty();
  }
}

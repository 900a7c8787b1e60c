package dev.postern.socket;

import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a route back after it was refused: pools try again at once and for ever, and would lock the
 * account. A minute after the first refusal, twice as long after each further, an hour at most. Not
 * safe for use by several threads.
 */
final class Refusals {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private Duration rest = FIRST;
  private Instant until = Instant.MIN;
  private @Nullable CircuitException last;

  void note(CircuitException failure, Instant now) {
    if (!isRefusal(failure.code())) {
      return;
    }
    last = failure;
    until = now.plus(rest);
    Duration next = rest.multipliedBy(2);
    rest = next.compareTo(LONGEST) > 0 ? LONGEST : next;
  }

  void forget() {
    last = null;
    rest = FIRST;
  }

  /** What a new attempt is refused with. */
  Optional<IOException> standing(Instant now) {
    if (last == null || !now.isBefore(until)) {
      return Optional.empty();
    }
    return Optional.of(
        new IOException(
            "%s; it was refused, and is not tried again before %s"
                .formatted(last.getMessage(), until.truncatedTo(ChronoUnit.SECONDS)),
            last));
  }

  /** Signing in and host keys: what was refused once will be refused again. */
  private static boolean isRefusal(Code code) {
    return code.id().startsWith("PST-A") || code.id().startsWith("PST-H");
  }
}

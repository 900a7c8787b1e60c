package dev.postern.core.context;

import dev.postern.api.hop.Time;
import java.time.Duration;
import java.time.Instant;

/** The clock of this machine. */
public final class SystemTime implements Time {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void waitUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(now(), moment);
    while (left.compareTo(Duration.ZERO) > 0) {
      Thread.sleep(left.toMillis() + 1);
      left = Duration.between(now(), moment);
    }
  }
}

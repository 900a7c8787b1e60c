package dev.postern.testkit;

import dev.postern.api.hop.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A clock that stands until it is told to move, and jumps to whatever is waited for. Safe for use
 * by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class FakeTime implements Time {
  private final List<Instant> waits = new ArrayList<>();
  private Instant now;

  /** A clock that stands at this moment. */
  public FakeTime(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void waitUntil(Instant moment) {
    waits.add(moment);
    if (moment.isAfter(now)) {
      now = moment;
    }
  }

  /** Moves the clock, back too. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }

  /** What was waited for, in order. */
  public synchronized List<Instant> waits() {
    return List.copyOf(waits);
  }
}

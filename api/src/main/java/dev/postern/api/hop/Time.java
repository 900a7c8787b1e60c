package dev.postern.api.hop;

import java.time.Instant;
import org.apiguardian.api.API;

/**
 * The clock, and waiting by it. A test's clock moves when it is told to. Safe for use by several
 * threads.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Time {
  /** The present moment. */
  Instant now();

  /**
   * Returns at the given moment, at once if it has passed.
   *
   * @throws InterruptedException if the thread is interrupted, which is how a cancelled opening
   *     ends a wait
   */
  void waitUntil(Instant moment) throws InterruptedException;
}

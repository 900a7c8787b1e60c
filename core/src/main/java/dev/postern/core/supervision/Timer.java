package dev.postern.core.supervision;

import java.time.Duration;
import java.time.Instant;

/** Time as supervision sees it. */
public interface Timer {
  /** The moment, for events. */
  Instant now();

  /** A clock that only goes forward, for spans. */
  Duration uptime();

  /** Runs the action later, off the caller's thread. */
  Cancellable after(Duration delay, Runnable action);

  /** Something to come. */
  interface Cancellable {
    /** It shall not come. Too late does no harm. */
    void cancel();
  }
}

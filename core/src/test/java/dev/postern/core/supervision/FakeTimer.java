package dev.postern.core.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so. */
final class FakeTimer implements Timer {
  private final List<Due> due = new ArrayList<>();
  private Duration passed = Duration.ZERO;

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(passed);
  }

  @Override
  public Duration uptime() {
    return passed;
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    Due added = new Due(passed.plus(delay), action);
    due.add(added);
    return () -> due.remove(added);
  }

  /** Whether anything is to come. */
  boolean isIdle() {
    return due.isEmpty();
  }

  void pass(Duration time) {
    Duration until = passed.plus(time);
    for (Due next = next(until); next != null; next = next(until)) {
      due.remove(next);
      passed = next.at;
      next.action.run();
    }
    passed = until;
  }

  private @Nullable Due next(Duration until) {
    return due.stream()
        .filter(one -> one.at.compareTo(until) <= 0)
        .min(Comparator.comparing(one -> one.at))
        .orElse(null);
  }

  private static final class Due {
    private final Duration at;
    private final Runnable action;

    Due(Duration at, Runnable action) {
      this.at = at;
      this.action = action;
    }
  }
}

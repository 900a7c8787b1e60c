package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The timer that every future of this machine shares; it costs no thread of its own. */
public final class SharedTimer implements Timer {
  private final Executor executor;

  /** Actions run on the executor, so that they hold up nobody else's time. */
  public SharedTimer(Executor executor) {
    this.executor = requireNonNull(executor, "executor is null");
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    CompletableFuture<Void> due = new CompletableFuture<>();
    due.thenRun(() -> execute(action));
    due.completeOnTimeout(null, delay.toNanos(), NANOSECONDS);
    return () -> due.cancel(false);
  }

  private void execute(Runnable action) {
    try {
      executor.execute(action);
    } catch (RejectedExecutionException e) {
      // Everything is being closed.
    }
  }
}

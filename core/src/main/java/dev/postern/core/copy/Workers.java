package dev.postern.core.copy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A few threads, and a queue that makes the one who fills it wait. */
final class Workers implements AutoCloseable {
  private static final int QUEUED_FOR_EACH = 4;
  private static final int CLOSING_MILLIS = 250;

  private final ThreadPoolExecutor threads;
  private final Semaphore room;
  private final int places;
  private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();

  Workers(int count) {
    this.places = count * (1 + QUEUED_FOR_EACH);
    this.room = new Semaphore(places);
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            SECONDS,
            new ArrayBlockingQueue<>(places),
            work -> {
              Thread thread = new Thread(work, "postern-copy");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** What it throws is thrown by {@link #await}. */
  void run(Runnable work) throws InterruptedException {
    room.acquire();
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            bug.compareAndSet(null, e);
          } finally {
            room.release();
          }
        });
  }

  /** Until all that was given is done. */
  void await() throws InterruptedException {
    room.acquire(places);
    room.release(places);
    Throwable thrown = bug.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  /** Interrupts what is under way, and waits a moment for its files to be closed. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(CLOSING_MILLIS, MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

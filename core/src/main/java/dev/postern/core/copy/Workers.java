package dev.postern.core.copy;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;

/** A few threads, and a queue that makes the one who fills it wait. */
final class Workers implements AutoCloseable {
  private static final int QUEUED_FOR_EACH = 4;

  private final ThreadPoolExecutor threads;
  private final Semaphore room;
  private final int places;

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

  void run(Runnable work) throws InterruptedException {
    room.acquire();
    threads.execute(
        () -> {
          try {
            work.run();
          } finally {
            room.release();
          }
        });
  }

  /** Until all that was given is done. */
  void await() throws InterruptedException {
    room.acquire(places);
    room.release(places);
  }

  /** Interrupts what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

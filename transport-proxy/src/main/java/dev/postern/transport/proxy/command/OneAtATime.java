package dev.postern.transport.proxy.command;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking steps in one direction, one at a time, on a thread that ends soon after there is
 * nothing to do.
 */
final class OneAtATime implements AutoCloseable {
  private static final int KEEP_SECONDS = 2;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final ThreadPoolExecutor thread;

  OneAtATime(String name) {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            KEEP_SECONDS,
            SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a step, and reports.
   *
   * @throws IllegalStateException if the step before has not ended
   */
  <A extends @Nullable Object> void run(
      Step step, A attachment, CompletionHandler<Integer, ? super A> handler) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("the read or write before has not ended");
    }
    try {
      thread.execute(() -> perform(step, attachment, handler));
    } catch (RejectedExecutionException e) {
      busy.set(false);
      handler.failed(new ClosedChannelException(), attachment);
    }
  }

  private <A extends @Nullable Object> void perform(
      Step step, A attachment, CompletionHandler<Integer, ? super A> handler) {
    int count;
    try {
      count = step.run();
    } catch (IOException | RuntimeException e) {
      busy.set(false);
      handler.failed(e, attachment);
      return;
    }
    busy.set(false);
    handler.completed(count, attachment);
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  /** A read or write. */
  @FunctionalInterface
  interface Step {
    int run() throws IOException;
  }
}

package dev.postern.core.wire;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads for what may block: people, commands, vaults, signatures. They end soon after there
 * is nothing left to do.
 */
final class BlockingThreads implements ThreadFactory {
  private static final int KEEP_SECONDS = 2;

  private final AtomicInteger count = new AtomicInteger();

  static ExecutorService executor() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_SECONDS,
        SECONDS,
        new SynchronousQueue<>(),
        new BlockingThreads());
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "postern-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}

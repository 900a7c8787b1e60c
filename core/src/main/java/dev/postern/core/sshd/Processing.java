package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The few threads that process what sessions receive. One that has to wait, for a person who looks
 * at a host key, is replaced while it waits. They end soon after there is nothing left to do.
 */
final class Processing implements Executor, AutoCloseable {
  private static final int THREADS = 4;
  private static final int KEEP_SECONDS = 2;

  private final ThreadPoolExecutor pool;
  private int waiting;

  Processing() {
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEEP_SECONDS,
            SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("postern-session"));
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Waits on one of the threads. */
  <T> T await(Callable<T> wait) throws Exception {
    resize(1);
    try {
      return wait.call();
    } finally {
      resize(-1);
    }
  }

  private synchronized void resize(int change) {
    waiting += change;
    int size = THREADS + waiting;
    if (change > 0) {
      pool.setMaximumPoolSize(size);
      pool.setCorePoolSize(size);
    } else {
      pool.setCorePoolSize(size);
      pool.setMaximumPoolSize(size);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}

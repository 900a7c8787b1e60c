package dev.postern.core.sshd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other on threads of a shared pool, so that a session needs no thread of
 * its own and never two at a time. It begins paused.
 */
final class SerialQueue {
  private final Executor pool;
  private final Consumer<Throwable> failed;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean paused = true;
  private boolean draining;

  SerialQueue(Executor pool, Consumer<Throwable> failed) {
    this.pool = pool;
    this.failed = failed;
  }

  void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
    }
    wake();
  }

  /**
   * Runs a task here and now if none runs or waits.
   *
   * @return whether it did
   */
  boolean runNow(Runnable task) {
    synchronized (tasks) {
      if (paused || draining || !tasks.isEmpty()) {
        return false;
      }
      draining = true;
    }
    run(task);
    synchronized (tasks) {
      draining = false;
    }
    wake();
    return true;
  }

  /** Begins, or goes on, with a task before those that wait. */
  void resume(Runnable first) {
    synchronized (tasks) {
      tasks.addFirst(first);
      paused = false;
    }
    wake();
  }

  private void wake() {
    synchronized (tasks) {
      if (draining || paused || tasks.isEmpty()) {
        return;
      }
      draining = true;
    }
    try {
      pool.execute(this::drain);
    } catch (RejectedExecutionException e) {
      synchronized (tasks) {
        draining = false;
        tasks.clear();
      }
      failed.accept(e);
    }
  }

  private void drain() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = paused ? null : tasks.poll();
        if (task == null) {
          draining = false;
          return;
        }
      }
      run(task);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failed.accept(e);
    }
  }
}

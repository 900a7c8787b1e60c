package dev.postern.core.sshd;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Hands results over off the I/O threads: what a caller hangs on a future may block, and would stop
 * every session that shares the thread.
 */
record Completions(Executor blocking) {
  void run(Runnable completion) {
    try {
      blocking.execute(completion);
    } catch (RejectedExecutionException e) {
      // We are being closed; whoever waits must be told all the same.
      completion.run();
    }
  }
}

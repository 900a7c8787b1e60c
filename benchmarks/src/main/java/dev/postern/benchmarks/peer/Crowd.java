package dev.postern.benchmarks.peer;

import dev.postern.benchmarks.bed.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same for many targets, some at a time, with a thread for each of those. */
final class Crowd {
  /** What is done for one. */
  @FunctionalInterface
  interface Task {
    void run(Hop target) throws Exception;
  }

  private Crowd() {}

  /** Gives how many it was done for; fails with what the first failed with. */
  static int run(List<Hop> targets, int parallel, Task task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Hop target : targets) {
        running.add(
            threads.submit(
                () -> {
                  task.run(target);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      return targets.size();
    } finally {
      threads.shutdownNow();
    }
  }
}

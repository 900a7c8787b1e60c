package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps of one attempt that may block on people and vaults, one at a time, off the I/O threads. The
 * first that fails ends them all.
 */
final class BlockingSteps {
  private final ExecutorService blocking;
  private final Consumer<HopFailure> failed;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private @Nullable Thread worker;
  private boolean draining;
  private boolean stopped;

  BlockingSteps(ExecutorService blocking, Consumer<HopFailure> failed) {
    this.blocking = blocking;
    this.failed = failed;
  }

  synchronized void run(Step step) {
    if (stopped) {
      return;
    }
    waiting.add(step);
    if (!draining) {
      draining = true;
      submit();
    }
  }

  /** Interrupts the step that runs, and drops those that wait. */
  synchronized void stop() {
    stopped = true;
    waiting.clear();
    if (worker != null && worker != Thread.currentThread()) {
      worker.interrupt();
    }
  }

  /** Runs a last action when no step runs any more. */
  void close(Runnable last) {
    synchronized (this) {
      stopped = true;
      waiting.clear();
      if (draining) {
        waiting.add(last::run);
        return;
      }
    }
    last.run();
  }

  private void submit() {
    try {
      blocking.execute(this::drain);
    } catch (RejectedExecutionException e) {
      stopped = true;
      draining = false;
      failed.accept(new HopFailure(Code.CLOSED, Phase.CONNECT, "Postern was closed", e));
    }
  }

  private void drain() {
    while (true) {
      Step step;
      synchronized (this) {
        worker = null;
        // An interrupt was for the step before, not for what cleans up after it.
        if (stopped) {
          Thread.interrupted();
        }
        step = waiting.poll();
        if (step == null) {
          draining = false;
          return;
        }
        worker = Thread.currentThread();
      }
      run(step, failed);
    }
  }

  private static void run(Step step, Consumer<HopFailure> failed) {
    try {
      step.run();
    } catch (HopFailure e) {
      failed.accept(e);
    } catch (InterruptedException e) {
      failed.accept(new HopFailure(Code.CANCELLED, Phase.AUTH, "the opening was cancelled", e));
    } catch (Exception | LinkageError e) {
      failed.accept(
          new HopFailure(
              Code.PROTOCOL_ERROR, Phase.AUTH, "unexpected " + Sanitiser.line(e.toString()), e));
    }
  }

  /** One step. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}

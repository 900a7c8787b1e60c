package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps of one attempt that may block on people and vaults, one at a time, off the I/O threads. The
 * first that fails ends them all.
 */
final class BlockingSteps {
  private final Executor blocking;
  private final Consumer<HopFailure> failed;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private boolean draining;
  private boolean stopped;

  /** The thread that is in a step, null between steps: only a step is ever interrupted. */
  private @Nullable Thread inStep;

  BlockingSteps(Executor blocking, Consumer<HopFailure> failed) {
    this.blocking = blocking;
    this.failed = failed;
  }

  void run(Step step) {
    synchronized (this) {
      if (stopped) {
        return;
      }
      waiting.add(step);
      if (draining) {
        return;
      }
      draining = true;
    }
    try {
      blocking.execute(this::drain);
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        draining = false;
      }
      failed.accept(new HopFailure(Code.CLOSED, Phase.CONNECT, "Postern was closed", e));
    }
  }

  /** Interrupts the step that runs, and drops those that wait. */
  synchronized void stop() {
    stopped = true;
    waiting.clear();
    if (inStep != null && inStep != Thread.currentThread()) {
      inStep.interrupt();
    }
  }

  /** Runs a last action when no step runs any more; it is not interrupted. */
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

  private void drain() {
    while (true) {
      Step step;
      synchronized (this) {
        step = waiting.poll();
        if (step == null) {
          draining = false;
          return;
        }
        inStep = stopped ? null : Thread.currentThread();
      }
      HopFailure failure = perform(step);
      synchronized (this) {
        inStep = null;
        // It was meant for the step.
        Thread.interrupted();
      }
      if (failure != null) {
        failed.accept(failure);
      }
    }
  }

  private static @Nullable HopFailure perform(Step step) {
    try {
      step.run();
      return null;
    } catch (HopFailure e) {
      return e;
    } catch (InterruptedException e) {
      return new HopFailure(Code.CANCELLED, Phase.AUTH, "the opening was cancelled", e);
    } catch (Exception | LinkageError e) {
      return new HopFailure(
          Code.PROTOCOL_ERROR, Phase.AUTH, "unexpected " + Sanitiser.line(e.toString()), e);
    }
  }

  /** One step. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}

package dev.postern.core.fleet;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetSummary;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Speaks to the listener: for one target one word after the other, and none after the last. */
final class Voice {
  private final FleetListener listener;
  private final Executor executor;
  private final Consumer<Throwable> broken;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** The consumer hears, once, of what the listener throws. */
  Voice(FleetListener listener, Executor executor, Consumer<Throwable> broken) {
    this.listener = listener;
    this.executor = executor;
    this.broken = broken;
  }

  void started(Member member) {
    synchronized (member) {
      if (!member.isOver()) {
        say(() -> listener.started(member.target()));
      }
    }
  }

  CompletionStage<Void> output(Member member, Source source, byte[] bytes) {
    synchronized (member) {
      if (member.isOver() || failure.get() != null) {
        return CompletableFuture.completedFuture(null);
      }
      try {
        return listener.output(member.target(), source, bytes);
      } catch (RuntimeException e) {
        broke(e);
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  void ended(Member member, ExecResult result) {
    synchronized (member) {
      say(() -> listener.ended(member.target(), result));
    }
  }

  void failed(Member member, CircuitException why) {
    synchronized (member) {
      say(() -> listener.failed(member.target(), why));
    }
  }

  Optional<Throwable> over(FleetSummary summary) {
    say(() -> listener.over(summary));
    return Optional.ofNullable(failure.get());
  }

  /** What the listener failed with outside of our calls. */
  void broke(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      executor.execute(() -> broken.accept(thrown));
    }
  }

  private void say(Runnable word) {
    if (failure.get() != null) {
      return;
    }
    try {
      word.run();
    } catch (RuntimeException e) {
      broke(e);
    }
  }
}

package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetSummary;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A run whose targets do what the test says; without a word of it they return 0 at once. */
final class FakeFleet {
  final Map<String, Deed> deeds = new HashMap<>();
  final List<String> begun = new ArrayList<>();
  final CountDownLatch running = new CountDownLatch(1);
  boolean cancelled;

  /** What a target does. */
  interface Deed {
    void run(FleetTarget target, FleetListener listener);
  }

  FakeFleet says(String target, String output, String error, int status) {
    deeds.put(
        target,
        (known, listener) -> {
          listener.started(known);
          if (!output.isEmpty()) {
            listener.output(known, Source.OUTPUT, output.getBytes(UTF_8));
          }
          if (!error.isEmpty()) {
            listener.output(known, Source.ERROR, error.getBytes(UTF_8));
          }
          listener.ended(known, new ExecResult(OptionalInt.of(status), Optional.empty()));
        });
    return this;
  }

  FakeFleet fails(String target, Code code, Phase phase, String sentence) {
    deeds.put(target, (known, listener) -> listener.failed(known, failure(code, phase, sentence)));
    return this;
  }

  FakeFleet hangs(String target) {
    deeds.put(target, (known, listener) -> listener.started(known));
    return this;
  }

  private static CircuitException failure(Code code, Phase phase, String sentence) {
    return new CircuitException(code, phase, FakeCircuit.HOP, sentence, new Trail(List.of()), null);
  }

  FleetRun run(FleetOrder order, FleetListener listener) {
    CompletableFuture<FleetSummary> done = new CompletableFuture<>();
    FleetSummary summary =
        new FleetSummary(order.targets().size(), 0, 0, 0, OptionalInt.of(0), Duration.ofMillis(7));
    boolean hangs = false;
    List<FleetTarget> hanging = new ArrayList<>();
    try {
      for (FleetTarget target : order.targets()) {
        begun.add(target.name());
        Deed deed = deeds.getOrDefault(target.name(), (known, heard) -> ended(known, heard));
        boolean[] over = new boolean[1];
        deed.run(target, new Noting(listener, over));
        if (!over[0]) {
          hangs = true;
          hanging.add(target);
        }
      }
      if (!hangs) {
        listener.over(summary);
        done.complete(summary);
      }
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
    running.countDown();
    return new FleetRun() {
      @Override
      public CompletableFuture<FleetSummary> done() {
        return done;
      }

      @Override
      public FleetSummary await() {
        return done.join();
      }

      @Override
      public void cancel() {
        cancelled = true;
        hanging.forEach(
            target ->
                listener.failed(
                    target,
                    failure(Code.FLEET_STOPPED, Phase.REMOTE, "given up: the run was cancelled")));
        listener.over(summary);
        done.complete(summary);
      }

      @Override
      public void close() {
        cancel();
      }
    };
  }

  private static void ended(FleetTarget target, FleetListener listener) {
    listener.started(target);
    listener.ended(target, new ExecResult(OptionalInt.of(0), Optional.empty()));
  }

  private record Noting(FleetListener listener, boolean[] over) implements FleetListener {
    @Override
    public void started(FleetTarget target) {
      listener.started(target);
    }

    @Override
    public CompletableFuture<Void> output(FleetTarget target, Source source, byte[] bytes) {
      return listener.output(target, source, bytes).toCompletableFuture();
    }

    @Override
    public void ended(FleetTarget target, ExecResult result) {
      over[0] = true;
      listener.ended(target, result);
    }

    @Override
    public void failed(FleetTarget target, CircuitException failure) {
      over[0] = true;
      listener.failed(target, failure);
    }
  }
}

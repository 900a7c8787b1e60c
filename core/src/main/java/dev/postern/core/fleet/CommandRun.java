package dev.postern.core.fleet;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.hop.HopFailure;
import dev.postern.fleet.FleetOrder;
import dev.postern.problem.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the command of a run on one open circuit, within its time. */
final class CommandRun {
  private static final int CLOSING_SECONDS = 3;

  private final FleetOrder order;
  private final Voice voice;
  private final Executor executor;
  private final End end;

  CommandRun(FleetOrder order, Voice voice, Executor executor, End end) {
    this.order = order;
    this.voice = voice;
    this.executor = executor;
    this.end = end;
  }

  /** Takes a target that has ended. */
  @FunctionalInterface
  interface End {
    void over(Member member, Runnable lastWord, Consumer<Tally> count, boolean badly);
  }

  void start(Member member, Circuit circuit) {
    order.commandTimeout().ifPresent(limit -> limit(member, limit));
    CompletionStage<RemoteProcess> starting =
        order
            .terminal()
            .map(request -> circuit.execAsync(order.command(), request))
            .orElseGet(() -> circuit.execAsync(order.command()));
    starting.whenCompleteAsync((process, failure) -> started(member, process, failure), executor);
  }

  private void limit(Member member, Duration limit) {
    CompletableFuture<Void> timer = new CompletableFuture<>();
    member.timer = timer;
    timer
        .orTimeout(limit.toMillis(), MILLISECONDS)
        .whenComplete(
            (nothing, late) -> {
              if (late != null) {
                fail(
                    member,
                    new HopFailure(
                        Code.FLEET_COMMAND_TIMEOUT,
                        Phase.REMOTE,
                        "the command did not end within %s; it was asked to end"
                            .formatted(words(limit))));
              }
            });
  }

  private static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private void started(
      Member member, @Nullable RemoteProcess process, @Nullable Throwable failure) {
    if (process == null) {
      failed(member, failure);
      return;
    }
    member.process = process;
    closeInput(process);
    voice.started(member);
    CompletableFuture<@Nullable Throwable> delivered =
        process
            .deliver((source, bytes) -> voice.output(member, source, bytes), executor)
            .toCompletableFuture()
            .handle((nothing, broken) -> Reasons.unwrapped(broken));
    delivered
        .thenCombine(process.ended().handle(Ended::new), (broken, ended) -> ended.after(broken))
        .thenAcceptAsync(ended -> ended(member, ended), executor);
  }

  /** Nothing is sent: what reads its input finds the end at once, as with ssh's -n. */
  private static void closeInput(RemoteProcess process) {
    try {
      process.input().close();
    } catch (IOException e) {
      // The end of the process will say why.
    }
  }

  private void ended(Member member, Ended ended) {
    ExecResult result = ended.result();
    member.process = null;
    if (result == null) {
      failed(member, ended.failure());
      return;
    }
    if (ended.broken() instanceof IOException lost) {
      fail(
          member,
          new HopFailure(
              Code.LINK_LOST,
              Phase.REMOTE,
              "a part of the output was lost: " + lost.getMessage(),
              lost));
      return;
    }
    if (ended.broken() != null) {
      voice.broke(ended.broken());
      return;
    }
    if (member.end()) {
      boolean badly = result.exitStatus().orElse(-1) != 0;
      end.over(member, () -> voice.ended(member, result), tally -> tally.count(result), badly);
    }
  }

  private void failed(Member member, @Nullable Throwable failure) {
    Circuit circuit = member.circuit;
    if (Reasons.unwrapped(failure) instanceof CircuitException known) {
      if (known.code() == Code.LINK_LOST && circuit != null) {
        blame(member, circuit, known);
      } else {
        end(member, known);
      }
    } else {
      fail(member, new HopFailure(Code.PROTOCOL_ERROR, Phase.CHANNEL, "unexpected " + failure));
    }
  }

  /** The circuit knows which hop died first; the process may have heard of its own only. */
  private void blame(Member member, Circuit circuit, CircuitException known) {
    circuit
        .closed()
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(Optional.empty(), CLOSING_SECONDS, SECONDS)
        .thenAcceptAsync(why -> end(member, why.orElse(known)), executor);
  }

  private void fail(Member member, HopFailure failure) {
    end(member, member.failure(failure));
  }

  private void end(Member member, CircuitException why) {
    if (member.end()) {
      end.over(member, () -> voice.failed(member, why), tally -> tally.count(why, true), true);
    }
  }

  private record Ended(
      @Nullable ExecResult result, @Nullable Throwable failure, @Nullable Throwable broken) {
    Ended(@Nullable ExecResult result, @Nullable Throwable failure) {
      this(result, failure, null);
    }

    Ended after(@Nullable Throwable delivery) {
      return new Ended(result, failure, delivery);
    }
  }
}

package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Phase;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.Exit;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The exit of the circuit of the moment. While there is none, connections wait for the next, so
 * long and no longer. Safe for use by several threads.
 */
final class CurrentExit implements Exit {
  /** A client that comes again and again must not fill our memory while nobody is there. */
  private static final int MOST_WAITING = 1_000;

  private final Duration patience;
  private final Timer timer;
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private @Nullable Exit current;
  private boolean ended;
  private String reason = "it is being opened";

  CurrentExit(Duration patience, Timer timer) {
    this.patience = patience;
    this.timer = timer;
  }

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    Waiting connection = new Waiting(target);
    connection.goOn();
    return connection.result;
  }

  /** There is a circuit. */
  void up(Exit exit) {
    List<Waiting> all;
    synchronized (this) {
      current = exit;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(Waiting::goOn);
  }

  /** It is lost. */
  synchronized void lost(String why) {
    current = null;
    reason = why;
  }

  /** There will be none any more. */
  void end() {
    List<Waiting> all;
    synchronized (this) {
      ended = true;
      current = null;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(Waiting::giveUp);
  }

  private synchronized String reason() {
    return reason;
  }

  private final class Waiting {
    private final ForwardAddress target;
    private final CompletableFuture<Duplex> result = new CompletableFuture<>();
    private Timer.@Nullable Cancellable limit;

    Waiting(ForwardAddress target) {
      this.target = target;
    }

    void goOn() {
      Exit exit;
      boolean turnedAway;
      synchronized (CurrentExit.this) {
        exit = current;
        turnedAway = ended || (exit == null && waiting.size() >= MOST_WAITING);
        if (exit == null && !turnedAway) {
          await();
        }
      }
      if (turnedAway) {
        giveUp();
      } else if (exit != null) {
        through(exit);
      }
    }

    /** Under the lock. */
    private void await() {
      waiting.add(this);
      if (limit == null) {
        limit = timer.after(patience, this::giveUp);
        result.whenComplete((reached, failure) -> leave());
      }
    }

    private void leave() {
      synchronized (CurrentExit.this) {
        waiting.remove(this);
      }
      requireNonNull(limit).cancel();
    }

    private void giveUp() {
      result.completeExceptionally(
          new HopFailure(
              Code.FORWARD_WITHOUT_CIRCUIT,
              Phase.CHANNEL,
              "there is no circuit to go through: " + reason()));
    }

    private void through(Exit exit) {
      CompletableFuture<Duplex> opening = exit.open(target);
      opening.whenComplete((reached, failure) -> opened(exit, reached, failure));
      result.whenComplete(
          (reached, failure) -> {
            if (failure != null) {
              opening.cancel(true);
            }
          });
    }

    private void opened(Exit exit, @Nullable Duplex reached, @Nullable Throwable failure) {
      if (reached != null) {
        if (!result.complete(reached)) {
          reached.close();
        }
        return;
      }
      if (isLost(requireNonNull(failure)) && !result.isDone()) {
        awaitAfter(exit);
        return;
      }
      result.completeExceptionally(failure);
    }

    /** That circuit is lost, whether or not we were told already. */
    private void awaitAfter(Exit lost) {
      boolean waits;
      synchronized (CurrentExit.this) {
        waits = current == lost && !ended && waiting.size() < MOST_WAITING;
        if (waits) {
          await();
        }
      }
      if (!waits) {
        goOn();
      }
    }
  }

  private static boolean isLost(Throwable failure) {
    Throwable inner =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return inner instanceof HopFailure known
        && (known.code() == Code.LINK_LOST || known.code() == Code.CLOSED);
  }
}

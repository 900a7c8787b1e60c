package dev.postern.core.circuit;

import dev.postern.core.hop.HopFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hop with a count of its users. */
final class SharedHop {
  private final String key;
  private final HopEvents events;
  private final HopTrail trail;
  private final long beginning = System.nanoTime();
  private final CompletableFuture<OpenHop> opening = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable CompletableFuture<OpenHop> attempt;
  private @Nullable OpenHop opened;
  private int users = 1;

  SharedHop(String key, HopEvents events) {
    this.key = key;
    this.events = events;
    this.trail = new HopTrail(events);
  }

  String key() {
    return key;
  }

  HopTrail trail() {
    return trail;
  }

  CompletableFuture<OpenHop> opening() {
    return opening;
  }

  /**
   * Completes when nobody may join any more: the attempt failed, the session ended, or the last
   * user left.
   */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void attach(CompletableFuture<OpenHop> newAttempt) {
    boolean abandoned;
    synchronized (this) {
      attempt = newAttempt;
      abandoned = users == 0;
    }
    newAttempt.whenComplete(this::attempted);
    if (abandoned) {
      newAttempt.cancel(true);
    }
  }

  private void attempted(@Nullable OpenHop hop, @Nullable Throwable failure) {
    if (hop == null) {
      HopFailure reason =
          Failures.asHopFailure(failure == null ? new IllegalStateException() : failure);
      ended.complete(null);
      // Told first: whoever waits for the future goes on at once.
      events.opened(took(), Optional.of(reason));
      opening.completeExceptionally(reason);
      gone.complete(null);
      return;
    }
    events.opened(took(), Optional.empty());
    hop.session().closed().thenAccept(this::sessionClosed);
    boolean abandoned;
    synchronized (this) {
      opened = hop;
      abandoned = users == 0;
    }
    opening.complete(hop);
    if (abandoned) {
      hop.session().close();
    }
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - beginning);
  }

  private void sessionClosed(Optional<HopFailure> lost) {
    ended.complete(null);
    events.closed(lost);
    gone.complete(null);
  }

  /** Counts one more user; false if it is too late for that. */
  synchronized boolean join() {
    if (users == 0 || ended.isDone()) {
      return false;
    }
    users++;
    return true;
  }

  /**
   * Counts one user less; the last one closes the hop. Completes when it is closed, or at once if
   * others use it.
   */
  CompletableFuture<Void> leave() {
    OpenHop hop;
    CompletableFuture<OpenHop> running;
    synchronized (this) {
      if (--users > 0) {
        return CompletableFuture.completedFuture(null);
      }
      hop = opened;
      running = attempt;
    }
    ended.complete(null);
    if (hop != null) {
      hop.session().close();
      return gone;
    }
    if (running != null) {
      running.cancel(true);
    }
    return gone;
  }

  /** If nobody uses it any more, it says no goodbye. */
  void hurry() {
    OpenHop hop;
    synchronized (this) {
      hop = users == 0 ? opened : null;
    }
    if (hop != null) {
      hop.session().closeNow();
    }
  }
}

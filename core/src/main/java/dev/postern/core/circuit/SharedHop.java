package dev.postern.core.circuit;

import dev.postern.api.hop.HopInfo;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hop with a count of its users. */
final class SharedHop {
  private final String key;
  private final HopTrail trail;
  private final CompletableFuture<OpenHop> opening = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable CompletableFuture<OpenHop> attempt;
  private @Nullable OpenHop opened;
  private int users = 1;

  SharedHop(String key, HopInfo info) {
    this.key = key;
    this.trail = new HopTrail(info);
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
      ended.complete(null);
      opening.completeExceptionally(
          Failures.asHopFailure(failure == null ? new IllegalStateException() : failure));
      gone.complete(null);
      return;
    }
    hop.session().closed().whenComplete((reason, ignored) -> sessionClosed());
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

  private void sessionClosed() {
    ended.complete(null);
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
      return hop.session().close();
    }
    if (running != null) {
      running.cancel(true);
    }
    return gone;
  }
}

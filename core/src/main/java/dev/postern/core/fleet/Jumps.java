package dev.postern.core.fleet;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The hops on the way to the targets: each way is opened once, and held. One that is lost is opened
 * anew, once for all that need it, if a target was reached through it; a person who must sign in to
 * it again is asked once. Where that fails, nobody tries again. Safe for use by several threads.
 */
final class Jumps {
  private static final int MOST_RETRIES = 2;
  private static final int RETRY_MILLIS = 400;

  private final Holder opener;
  private final Executor executor;
  private final Later later;
  private final Runnable changed;
  private final Map<String, Jump> all = new HashMap<>();
  private boolean anyFailed;
  private boolean cancelled;

  /** The runnable is called, without a lock, when targets may begin or have become hopeless. */
  Jumps(Holder opener, Executor executor, Later later, Runnable changed) {
    this.opener = opener;
    this.executor = executor;
    this.later = later;
    this.changed = changed;
  }

  /** Opens hops that others will go through. */
  @FunctionalInterface
  interface Holder {
    CompletableFuture<Circuit> hold(Member member);
  }

  /** Whether the way to a target is open; if nobody did yet, begins to open it. */
  synchronized boolean isOpen(Member member) {
    if (member.jump().isEmpty()) {
      return true;
    }
    Jump jump = all.get(member.jump());
    if (jump == null && !cancelled) {
      open(member, 0);
    }
    return jump != null && jump.open;
  }

  /** Why there is no way to a target. */
  synchronized @Nullable CircuitException failure(Member member) {
    Jump jump = all.get(member.jump());
    return jump == null ? null : jump.failure;
  }

  synchronized boolean anyFailed() {
    return anyFailed;
  }

  private void open(Member member, int retries) {
    Jump jump = new Jump(opener.hold(member));
    all.put(member.jump(), jump);
    jump.opening.whenCompleteAsync(
        (circuit, failure) -> opened(member, jump, retries, circuit, failure), executor);
  }

  private void opened(
      Member member,
      Jump jump,
      int retries,
      @Nullable Circuit circuit,
      @Nullable Throwable failure) {
    synchronized (this) {
      if (circuit != null) {
        jump.open = true;
        circuit.closed().thenAcceptAsync(reason -> closed(member, jump, reason), executor);
      } else if (jump.failure == null) {
        CircuitException why = Reasons.of(member, failure);
        if (!cancelled && retries < MOST_RETRIES && Reasons.isDropped(why)) {
          later.after(RETRY_MILLIS, () -> reopen(member, retries + 1));
          return;
        }
        fail(jump, why);
      }
    }
    changed.run();
  }

  private synchronized void reopen(Member member, int retries) {
    if (!cancelled) {
      open(member, retries);
    }
  }

  /** Lost in the middle. */
  private void closed(Member member, Jump jump, Optional<CircuitException> reason) {
    synchronized (this) {
      jump.open = false;
      if (jump.lostFor != null) {
        fail(jump, jump.lostFor);
      } else if (!jump.passed && reason.isPresent()) {
        // It would let us in again, and be lost again, for ever.
        fail(jump, reason.get());
      } else {
        all.remove(member.jump(), jump);
      }
    }
    changed.run();
  }

  /** A target was reached. */
  synchronized void passed(Member member) {
    Jump jump = all.get(member.jump());
    if (jump != null) {
      jump.passed = true;
    }
  }

  /** A target that found the way lost before we heard of it has tried it anew, in vain. */
  synchronized void failed(Member member, CircuitException why) {
    Jump jump =
        all.computeIfAbsent(member.jump(), key -> new Jump(CompletableFuture.failedFuture(why)));
    jump.lostFor = why;
    if (!jump.open && jump.failure == null) {
      fail(jump, why);
      jump.opening.cancel(true);
    }
  }

  private void fail(Jump jump, CircuitException why) {
    jump.failure = why;
    anyFailed = true;
  }

  synchronized boolean isOpening() {
    return all.values().stream().anyMatch(jump -> !jump.opening.isDone());
  }

  /** Opens nothing more. */
  void cancel() {
    List<Jump> given;
    synchronized (this) {
      cancelled = true;
      given = List.copyOf(all.values());
    }
    given.forEach(jump -> jump.opening.cancel(true));
  }

  /** Closes what is held. */
  CompletableFuture<Void> close() {
    List<Jump> held;
    synchronized (this) {
      held = List.copyOf(all.values());
    }
    return CompletableFuture.allOf(
        held.stream()
            .filter(jump -> jump.opening.isDone() && !jump.opening.isCompletedExceptionally())
            .map(jump -> jump.opening.join().closeAsync().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }
}

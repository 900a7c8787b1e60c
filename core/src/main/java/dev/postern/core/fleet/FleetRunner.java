package dev.postern.core.fleet;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.core.circuit.CircuitOpener;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Begins targets as the limits allow, and ends when all have ended. Nothing here waits: whatever
 * ends, on whatever thread, looks for what can begin next.
 */
final class FleetRunner implements FleetRun, Visits.Ended {
  private final boolean failFast;
  private final ExecutorService executor;
  private final Answers answers;
  private final Voice voice;
  private final Jumps jumps;
  private final Admission admission;
  private final Visits visits;
  private final Tally tally = new Tally();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean finished = new AtomicBoolean();
  private final CompletableFuture<FleetSummary> done = new CompletableFuture<>();

  FleetRunner(
      CircuitOpener opener,
      FleetOrder order,
      List<Member> members,
      FleetListener listener,
      ExecutorService executor,
      Answers answers,
      Authorities authorities) {
    this.failFast = order.failFast();
    this.executor = executor;
    this.answers = answers;
    this.voice = new Voice(listener, executor, failure -> stop("the listener failed"));
    this.jumps =
        new Jumps(member -> opener.hold(member.jumpPlan()), executor, this::later, this::changed);
    Pilots pilots = new Pilots(answers, authorities);
    this.admission =
        new Admission(order, members, jumps, authorities, pilots, this::later, this::changed);
    this.visits = new Visits(opener, order, executor, jumps, authorities, admission, voice, this);
  }

  @Override
  public CompletableFuture<FleetSummary> done() {
    return done.copy();
  }

  @Override
  public FleetSummary await() throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the listener failed with " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void cancel() {
    stop("the run was cancelled");
  }

  @Override
  public void close() {
    cancel();
    done.copy().exceptionally(failure -> null).join();
  }

  /** Begins whatever may begin now, and finishes when nothing is left. */
  @Override
  public void changed() {
    Admission.Next next = admission.next();
    next.hopeless().forEach(hopeless -> visits.fail(hopeless.member(), hopeless.why()));
    next.begin().forEach(visits::begin);
    finishIfDone();
  }

  @Override
  public void over(Member member, Consumer<Tally> count, boolean badly) {
    synchronized (tally) {
      count.accept(tally);
    }
    admission.left(member);
    if (badly && failFast) {
      stop("'%s' failed, and the first failure ends the run".formatted(member.name()));
    }
    changed();
  }

  private void stop(String why) {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    admission.close().forEach(member -> visits.giveUp(member, why));
    jumps.cancel();
    changed();
  }

  private void finishIfDone() {
    // In this order: an end that is not seen here comes by itself, and looks again.
    if (!admission.isDone() || visits.isClosing() || jumps.isOpening()) {
      return;
    }
    if (finished.compareAndSet(false, true)) {
      jumps.close().whenCompleteAsync((nothing, failure) -> finish(), executor);
    }
  }

  private void finish() {
    answers.close();
    FleetSummary summary;
    synchronized (tally) {
      summary = tally.summary();
    }
    Optional<Throwable> broken = voice.over(summary);
    executor.shutdown();
    if (broken.isPresent()) {
      done.completeExceptionally(broken.get());
    } else {
      done.complete(summary);
    }
  }

  /** On the executor, unless the run is over by then. */
  private void later(long millis, Runnable action) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, millis, MILLISECONDS)
        .thenRun(
            () -> {
              if (!finished.get()) {
                executor.execute(action);
              }
            });
  }
}

package dev.postern.core.fleet;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.hop.HopFailure;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetSummary;
import dev.postern.problem.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins targets as the limits allow, and has each run its command. Nothing here waits: whatever
 * ends, on whatever thread, looks for what can begin next.
 */
final class FleetRunner implements FleetRun {
  /**
   * However many commands run at the same time, so many are being connected at most: each takes a
   * thread for moments, a running command none.
   */
  private static final int MOST_OPENINGS = 24;

  private static final int MOST_RETRIES = 2;
  private static final int RETRY_MILLIS = 400;

  private final CircuitOpener opener;
  private final FleetOrder order;
  private final ExecutorService executor;
  private final Answers answers;
  private final Authorities authorities;
  private final CommandRun commands;
  private final Voice voice;
  private final CompletableFuture<FleetSummary> done = new CompletableFuture<>();

  private final Deque<Member> waiting;
  private final Set<Member> working = new HashSet<>();
  private final Map<String, Jump> jumps = new HashMap<>();
  private final Handshakes handshakes;
  private final Pilots pilots;
  private final Tally tally = new Tally();
  private int openings;
  private int closings;
  private @Nullable String stopped;
  private boolean finished;

  FleetRunner(
      CircuitOpener opener,
      FleetOrder order,
      List<Member> members,
      FleetListener listener,
      ExecutorService executor,
      Answers answers,
      Authorities authorities) {
    this.opener = opener;
    this.order = order;
    this.executor = executor;
    this.answers = answers;
    this.authorities = authorities;
    this.waiting = new ArrayDeque<>(members);
    this.handshakes = new Handshakes(order.handshakes());
    this.pilots = new Pilots(answers, authorities);
    this.voice = new Voice(listener, executor, failure -> stop("the listener failed"));
    this.commands = new CommandRun(order, voice, executor, this::over);
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

  /** Begins whatever may begin now. */
  void pump() {
    List<Member> begin = new ArrayList<>();
    List<Member> hopeless = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Member> all = waiting.iterator(); all.hasNext() && hasRoom(); ) {
        Member member = all.next();
        if (isHopeless(member)) {
          all.remove();
          working.add(member);
          hopeless.add(member);
        } else if (mayBegin(member)) {
          all.remove();
          working.add(member);
          member.begun = true;
          openings++;
          handshakes.begin(member.address());
          if (pilots.begin(member)) {
            later(Pilots.PATIENCE_MILLIS + 50);
          }
          begin.add(member);
        }
      }
    }
    hopeless.forEach(member -> fail(member, hopelessness(member)));
    begin.forEach(this::open);
    finishIfDone();
  }

  private boolean hasRoom() {
    return working.size() < order.parallel() && openings < MOST_OPENINGS;
  }

  private boolean isHopeless(Member member) {
    Jump jump = jumps.get(member.jump());
    return (jump != null && jump.failure != null)
        || authorities.refusal(member.authorities(), member.hop().user()) != null;
  }

  private CircuitException hopelessness(Member member) {
    synchronized (this) {
      Jump jump = jumps.get(member.jump());
      if (jump != null && jump.failure != null) {
        return jump.failure;
      }
    }
    return member.failure(
        requireNonNull(authorities.refusal(member.authorities(), member.hop().user())));
  }

  private boolean mayBegin(Member member) {
    if (member.notBefore > System.nanoTime() || !handshakes.hasRoom(member.address())) {
      return false;
    }
    return isJumpOpen(member) && pilots.mayGo(member);
  }

  private boolean isJumpOpen(Member member) {
    if (member.jump().isEmpty()) {
      return true;
    }
    Jump known = jumps.get(member.jump());
    if (known == null) {
      openJump(member, 0);
    }
    return known != null && known.open;
  }

  private void openJump(Member member, int retries) {
    Jump jump = new Jump(opener.hold(member.jumpPlan()));
    jumps.put(member.jump(), jump);
    jump.opening.whenCompleteAsync(
        (circuit, failure) -> jumpOpened(member, jump, retries, circuit, failure), executor);
  }

  private void jumpOpened(
      Member member,
      Jump jump,
      int retries,
      @Nullable Circuit circuit,
      @Nullable Throwable failure) {
    synchronized (this) {
      if (circuit != null) {
        jump.open = true;
        circuit.closed().thenAcceptAsync(reason -> jumpClosed(member.jump(), jump), executor);
      } else if (stopped == null && retries < MOST_RETRIES && isDropped(failure)) {
        laterDo(RETRY_MILLIS, () -> reopenJump(member, retries + 1));
        return;
      } else {
        jump.failure = exception(member, requireNonNull(failure));
      }
    }
    pump();
  }

  private void reopenJump(Member member, int retries) {
    synchronized (this) {
      if (stopped == null) {
        openJump(member, retries);
      } else {
        jumps.remove(member.jump());
      }
    }
    finishIfDone();
  }

  /** Lost in the middle: whoever comes next opens it anew. */
  private synchronized void jumpClosed(String key, Jump jump) {
    if (!finished) {
      jumps.remove(key, jump);
    }
  }

  private void open(Member member) {
    CompletableFuture<Circuit> opening = opener.openToRun(member.plan());
    boolean late;
    synchronized (this) {
      member.opening = opening;
      late = member.isOver();
    }
    opening.whenCompleteAsync((circuit, failure) -> opened(member, circuit, failure), executor);
    if (late) {
      opening.cancel(true);
    }
  }

  private void opened(Member member, @Nullable Circuit circuit, @Nullable Throwable failure) {
    CircuitException why = circuit == null ? exception(member, requireNonNull(failure)) : null;
    boolean again;
    boolean unwanted;
    synchronized (this) {
      openings--;
      handshakes.end(member.address());
      pilots.landed(member, why == null || why.phase() == Phase.AUTH);
      again = why != null && mayRetry(member, why);
      if (again) {
        if (isDropped(why)) {
          handshakes.dropped(member.address());
        }
        member.retries++;
        int wait = RETRY_MILLIS * member.retries + ThreadLocalRandom.current().nextInt(100);
        member.notBefore = System.nanoTime() + wait * 1_000_000L;
        member.opening = null;
        working.remove(member);
        waiting.addLast(member);
        later(wait + 5);
      }
      member.circuit = circuit;
      unwanted = member.isOver();
    }
    authorities.finished(member.name());
    if (circuit != null && unwanted) {
      close(circuit);
    } else if (circuit != null) {
      commands.start(member, circuit);
    } else if (!again) {
      fail(member, requireNonNull(why));
    }
    pump();
  }

  private boolean mayRetry(Member member, CircuitException why) {
    return stopped == null
        && !member.isOver()
        && member.retries < MOST_RETRIES
        && (isDropped(why) || isJumpGone(why))
        && why.hop().filter(member.hop()::equals).isPresent();
  }

  /**
   * Dropped before a word was said (MaxStartups): nothing was tried that could be held against us.
   */
  private static boolean isDropped(@Nullable Throwable failure) {
    return unwrapped(failure) instanceof CircuitException why
        && why.code() == Code.CLOSED_IN_HANDSHAKE
        && why.phase() != Phase.AUTH;
  }

  /** The jump was lost just now: it is opened anew, or found to be gone for good. */
  private static boolean isJumpGone(CircuitException why) {
    return why.code() == Code.LINK_LOST && why.phase() == Phase.CONNECT;
  }

  private void fail(Member member, CircuitException why) {
    if (member.end()) {
      over(member, () -> voice.failed(member, why), count -> count.count(why, member.begun), true);
    }
  }

  /** A target has ended: the last word on it, then what was opened for it is closed. */
  private void over(Member member, Runnable lastWord, Consumer<Tally> count, boolean badly) {
    executor.execute(
        () -> {
          lastWord.run();
          RemoteProcess cut = member.process;
          if (cut != null) {
            // The end of its channel alone would not end it.
            cut.signal("TERM");
          }
          Circuit circuit;
          synchronized (this) {
            count.accept(tally);
            working.remove(member);
            circuit = member.circuit;
            member.circuit = null;
            if (member.timer != null) {
              member.timer.complete(null);
            }
          }
          if (circuit != null) {
            close(circuit);
          }
          if (badly && order.failFast()) {
            stop("'%s' failed, and the first failure ends the run".formatted(member.name()));
          }
          pump();
        });
  }

  private void close(Circuit circuit) {
    synchronized (this) {
      closings++;
    }
    circuit
        .closeAsync()
        .whenComplete(
            (nothing, failure) -> {
              synchronized (this) {
                closings--;
              }
              finishIfDone();
            });
  }

  private void stop(String why) {
    List<Member> ended = new ArrayList<>();
    List<CompletableFuture<Circuit>> given = new ArrayList<>();
    synchronized (this) {
      if (stopped != null || finished) {
        return;
      }
      stopped = why;
      ended.addAll(waiting);
      ended.addAll(working);
      working.addAll(waiting);
      waiting.clear();
      for (Jump jump : jumps.values()) {
        given.add(jump.opening);
      }
    }
    for (Member member : ended) {
      String sentence = (member.begun ? "given up: " : "not begun: ") + why;
      fail(
          member,
          member.failure(
              new HopFailure(
                  Code.FLEET_STOPPED,
                  member.circuit == null ? Phase.CONNECT : Phase.REMOTE,
                  sentence)));
      CompletableFuture<Circuit> opening = member.opening;
      if (opening != null) {
        opening.cancel(true);
      }
    }
    given.stream().filter(opening -> !opening.isDone()).forEach(opening -> opening.cancel(true));
    pump();
  }

  private void finishIfDone() {
    List<Circuit> held = new ArrayList<>();
    synchronized (this) {
      boolean busy =
          !waiting.isEmpty() || !working.isEmpty() || openings > 0 || closings > 0 || finished;
      if (busy || jumps.values().stream().anyMatch(jump -> !jump.opening.isDone())) {
        return;
      }
      finished = true;
      for (Jump jump : jumps.values()) {
        if (jump.open) {
          held.add(jump.opening.join());
        }
      }
    }
    CompletableFuture<?>[] closed =
        held.stream()
            .map(circuit -> circuit.closeAsync().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closed).whenCompleteAsync((nothing, failure) -> finish(), executor);
  }

  private void finish() {
    answers.close();
    FleetSummary summary;
    synchronized (this) {
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

  private void later(long millis) {
    laterDo(millis, this::pump);
  }

  /** On the executor, unless the run is over by then. */
  private void laterDo(long millis, Runnable action) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, millis, MILLISECONDS)
        .thenRun(
            () -> {
              synchronized (this) {
                if (finished) {
                  return;
                }
              }
              executor.execute(action);
            });
  }

  private static CircuitException exception(Member member, Throwable failure) {
    Throwable inner = requireNonNull(unwrapped(failure));
    if (inner instanceof CircuitException known) {
      return known;
    }
    return member.failure(
        new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled", inner));
  }

  static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

package dev.postern.core.fleet;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.hop.HopFailure;
import dev.postern.fleet.FleetOrder;
import dev.postern.problem.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The life of each target: opened, its command run, told of, closed. */
final class Visits {
  private final CircuitOpener opener;
  private final Executor executor;
  private final Jumps jumps;
  private final Authorities authorities;
  private final Admission admission;
  private final Voice voice;
  private final CommandRun commands;
  private final Ended ended;
  private final AtomicInteger closings = new AtomicInteger();

  Visits(
      CircuitOpener opener,
      FleetOrder order,
      Executor executor,
      Jumps jumps,
      Authorities authorities,
      Admission admission,
      Voice voice,
      Ended ended) {
    this.opener = opener;
    this.executor = executor;
    this.jumps = jumps;
    this.authorities = authorities;
    this.admission = admission;
    this.voice = voice;
    this.ended = ended;
    this.commands = new CommandRun(order, voice, executor, this::over);
  }

  /** Is told when something may begin, or be over. */
  interface Ended {
    /** A target has had its last word. */
    void over(Member member, Consumer<Tally> count, boolean badly);

    void changed();
  }

  void begin(Member member) {
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
    CircuitException why = circuit == null ? Reasons.of(member, failure) : null;
    boolean wanted = circuit != null && keep(member, circuit);
    if (circuit != null && !wanted) {
      close(circuit);
    }
    if (why == null || Reasons.isOfTarget(member, why)) {
      jumps.passed(member);
    }
    boolean again = admission.landed(member, why);
    authorities.finished(member.name());
    if (circuit != null && wanted) {
      commands.start(member, circuit);
    } else if (why != null && !again) {
      if (!Reasons.isOwn(member, why) && !member.isOver()) {
        jumps.failed(member, why);
      }
      fail(member, why);
    }
    ended.changed();
  }

  private synchronized boolean keep(Member member, Circuit circuit) {
    if (member.isOver()) {
      return false;
    }
    member.circuit = circuit;
    return true;
  }

  void fail(Member member, CircuitException why) {
    if (member.end()) {
      over(member, () -> voice.failed(member, why), count -> count.count(why, member.begun), true);
    }
  }

  /** The run was stopped. */
  void giveUp(Member member, String why) {
    String sentence = (member.begun ? "given up: " : "not begun: ") + why;
    Phase phase = member.circuit == null ? Phase.CONNECT : Phase.REMOTE;
    fail(member, member.failure(new HopFailure(Code.FLEET_STOPPED, phase, sentence)));
    CompletableFuture<Circuit> opening;
    synchronized (this) {
      opening = member.opening;
    }
    if (opening != null) {
      opening.cancel(true);
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
            circuit = member.circuit;
            member.circuit = null;
            if (member.timer != null) {
              member.timer.complete(null);
            }
          }
          if (circuit != null) {
            close(circuit);
          }
          ended.over(member, count, badly);
        });
  }

  private void close(Circuit circuit) {
    closings.incrementAndGet();
    circuit
        .closeAsync()
        .whenComplete(
            (nothing, failure) -> {
              closings.decrementAndGet();
              ended.changed();
            });
  }

  boolean isClosing() {
    return closings.get() > 0;
  }
}

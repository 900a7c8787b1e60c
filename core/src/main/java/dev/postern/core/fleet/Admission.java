package dev.postern.core.fleet;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.fleet.FleetOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which targets wait, which are worked on, and which may begin now. Safe for use by several
 * threads.
 */
final class Admission {
  /**
   * However many commands run at the same time, so many are being connected at most: each takes a
   * thread for moments, a running command none.
   */
  private static final int MOST_OPENINGS = 24;

  private static final int MOST_RETRIES = 2;
  private static final int RETRY_MILLIS = 400;

  private final int parallel;
  private final Jumps jumps;
  private final Authorities authorities;
  private final Pilots pilots;
  private final Handshakes handshakes;
  private final Later later;
  private final Runnable changed;
  private final Deque<Member> waiting;
  private final Set<Member> working = new HashSet<>();
  private int openings;
  private boolean closed;

  /** The runnable is called when somebody has waited long enough. */
  Admission(
      FleetOrder order,
      List<Member> members,
      Jumps jumps,
      Authorities authorities,
      Pilots pilots,
      Later later,
      Runnable changed) {
    this.parallel = order.parallel();
    this.handshakes = new Handshakes(order.handshakes());
    this.waiting = new ArrayDeque<>(members);
    this.jumps = jumps;
    this.authorities = authorities;
    this.pilots = pilots;
    this.later = later;
    this.changed = changed;
  }

  /** What {@link #next} found: targets to be opened, and those for which there is no use in it. */
  record Next(List<Member> begin, List<Hopeless> hopeless) {}

  /** A target that would fail. */
  record Hopeless(Member member, CircuitException why) {}

  /** Takes what may begin now. */
  synchronized Next next() {
    Next next = new Next(new ArrayList<>(), new ArrayList<>());
    // The hopeless take nobody's place.
    boolean looksAtAll = jumps.anyFailed() || authorities.anyRefused();
    for (Iterator<Member> all = waiting.iterator(); all.hasNext() && (looksAtAll || hasRoom()); ) {
      Member member = all.next();
      CircuitException hopeless = looksAtAll ? hopelessness(member) : null;
      if (hopeless != null) {
        all.remove();
        working.add(member);
        next.hopeless.add(new Hopeless(member, hopeless));
      } else if (hasRoom() && mayBegin(member)) {
        all.remove();
        begin(member);
        next.begin.add(member);
      }
    }
    return next;
  }

  private boolean hasRoom() {
    return working.size() < parallel && openings < MOST_OPENINGS;
  }

  private @Nullable CircuitException hopelessness(Member member) {
    CircuitException noWay = jumps.failure(member);
    if (noWay != null) {
      return noWay;
    }
    HopFailure refusal = authorities.refusal(member.authorities(), member.hop().user());
    return refusal == null ? null : member.failure(refusal);
  }

  private boolean mayBegin(Member member) {
    return member.notBefore <= System.nanoTime()
        && handshakes.hasRoom(member.address())
        && jumps.isOpen(member)
        && pilots.mayGo(member);
  }

  private void begin(Member member) {
    working.add(member);
    member.begun = true;
    openings++;
    handshakes.begin(member.address());
    if (pilots.begin(member)) {
      later.after(Pilots.PATIENCE_MILLIS + 50, changed);
    }
  }

  /**
   * An opening is over.
   *
   * @param why it failed, null if it did not
   * @return whether the target waits again, for another try
   */
  synchronized boolean landed(Member member, @Nullable CircuitException why) {
    openings--;
    handshakes.end(member.address());
    pilots.landed(member, why == null || why.phase() == Phase.AUTH);
    if (why == null || !mayRetry(member, why)) {
      return false;
    }
    if (Reasons.isDropped(why) && Reasons.isOwn(member, why)) {
      handshakes.dropped(member.address());
    }
    member.retries++;
    int wait = RETRY_MILLIS * member.retries + ThreadLocalRandom.current().nextInt(100);
    member.notBefore = System.nanoTime() + wait * 1_000_000L;
    working.remove(member);
    waiting.addLast(member);
    later.after(wait + 5, changed);
    return true;
  }

  private boolean mayRetry(Member member, CircuitException why) {
    return !closed
        && !member.isOver()
        && member.retries < MOST_RETRIES
        && (Reasons.isDropped(why) || Reasons.isWayGone(member, why));
  }

  /** A target has ended. */
  synchronized void left(Member member) {
    working.remove(member);
  }

  /** Lets nobody begin any more, and tells who has not ended. */
  synchronized List<Member> close() {
    closed = true;
    working.addAll(waiting);
    waiting.clear();
    return List.copyOf(working);
  }

  synchronized boolean isDone() {
    return waiting.isEmpty() && working.isEmpty() && openings == 0;
  }
}

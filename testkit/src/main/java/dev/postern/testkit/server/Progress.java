package dev.postern.testkit.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;

/** How far one session has come on each way in, as MINA counts it. */
final class Progress {
  private static final AttributeKey<Progress> KEY = new AttributeKey<>();

  private final List<Deque<Step>> ways;
  private int passed;

  private Progress(List<List<Step>> ways) {
    this.ways = ways.stream().<Deque<Step>>map(ArrayDeque::new).toList();
  }

  static Progress of(Session session, List<List<Step>> ways) {
    return session.computeAttributeIfAbsent(KEY, key -> new Progress(ways));
  }

  /** What the server wants of that method now, if anything. */
  synchronized Optional<Step> next(String method) {
    return ways.stream()
        .filter(way -> !way.isEmpty() && way.element().method().equals(method))
        .map(Deque::element)
        .findFirst();
  }

  /** Takes the step on every way that begins with it; true if one of them is at its end. */
  synchronized boolean pass(String method) {
    passed++;
    boolean done = false;
    for (Deque<Step> way : ways) {
      if (!way.isEmpty() && way.element().method().equals(method)) {
        way.remove();
        done |= way.isEmpty();
      }
    }
    return done;
  }

  /** The step that is next, the first is 1. */
  synchronized int position() {
    return passed + 1;
  }
}

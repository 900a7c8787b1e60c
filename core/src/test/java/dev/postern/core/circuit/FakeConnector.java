package dev.postern.core.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connector whose attempts a test completes by hand. */
final class FakeConnector implements HopConnector {
  final List<String> journal = new CopyOnWriteArrayList<>();
  final List<Pending> attempts = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<HopSession> connect(Attempt attempt) {
    String host = attempt.info().endpoint().host();
    counts.merge(host, 1, Integer::sum);
    journal.add("connect " + host);
    CompletableFuture<HopSession> session = new CompletableFuture<>();
    attempts.add(new Pending(host, attempt, session));
    session.whenComplete(
        (value, failure) -> {
          if (session.isCancelled()) {
            journal.add("cancel " + host);
          }
        });
    return session;
  }

  int connections(String host) {
    return counts.getOrDefault(host, 0);
  }

  Pending last(String host) {
    List<Pending> all = new ArrayList<>(attempts);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).host().equals(host)) {
        return all.get(i);
      }
    }
    throw new AssertionError("no attempt at " + host);
  }

  /** Lets the latest attempt at a host in. */
  FakeSession accept(String host) {
    FakeSession session = new FakeSession(host, journal);
    last(host).session().complete(session);
    return session;
  }

  @Override
  public void close() {}

  record Pending(String host, Attempt attempt, CompletableFuture<HopSession> session) {}
}

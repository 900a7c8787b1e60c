package dev.postern.testkit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first of two hops, {@code alice@bastion}, with a clock that stands, a given person, an empty
 * environment and codes of its own.
 */
public final class FakeHopContext implements HopContext {
  private final FakeTime time = new FakeTime(Instant.parse("2026-11-24T12:00:00Z"));
  private final Map<String, Long> steps = new HashMap<>();
  private final Person person;

  /** A hop with this person. */
  public FakeHopContext(Person person) {
    this.person = person;
  }

  @Override
  public HopInfo hop() {
    return new HopInfo(1, 2, "alice", new Endpoint("bastion", 22));
  }

  @Override
  public FakeTime time() {
    return time;
  }

  @Override
  public Person person() {
    return person;
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    return this::take;
  }

  private synchronized boolean take(String account, long step) {
    if (steps.getOrDefault(account, Long.MIN_VALUE) >= step) {
      return false;
    }
    steps.put(account, step);
    return true;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.empty();
  }

  @Override
  public Path home() {
    return Path.of("/home/alice");
  }
}

package dev.postern.auth.publickey;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hop whose person answers from a list, and remembers what was asked and told. */
final class FakeContext implements HopContext, Person, Time {
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final Path home;
  private Instant now = Instant.now();

  FakeContext(Path home) {
    this.home = home;
  }

  FakeContext answering(String... texts) {
    answers.addAll(List.of(texts));
    return this;
  }

  FakeContext at(Instant moment) {
    now = moment;
    return this;
  }

  @Override
  public Time time() {
    return this;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void waitUntil(Instant moment) {
    now = moment;
  }

  @Override
  public Person person() {
    return this;
  }

  @Override
  public boolean isPresent() {
    return !answers.isEmpty() || !asked.isEmpty();
  }

  @Override
  public synchronized SecretValue ask(String question, boolean echo) throws SecretException {
    asked.add(question);
    String answer = answers.poll();
    if (answer == null || echo) {
      throw new SecretException("the person declined");
    }
    return SecretValue.of(answer);
  }

  @Override
  public void note(String text) {}

  @Override
  public void tell(String text) {
    told.add(text);
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    return (account, step) -> false;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public HopInfo hop() {
    return new HopInfo(1, 1, "alice", new Endpoint("bastion.example.com", 22));
  }
}

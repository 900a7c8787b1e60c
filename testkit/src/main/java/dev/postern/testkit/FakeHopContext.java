package dev.postern.testkit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apiguardian.api.API;

/**
 * A hop, the first of two, {@code alice@bastion}, unless said otherwise, with a clock that stands,
 * a given person, the given environment and codes of its own.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class FakeHopContext implements HopContext {
  private final FakeTime time = new FakeTime(Instant.parse("2026-11-24T12:00:00Z"));
  private final FakeOneTimeCodes codes = new FakeOneTimeCodes();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final HopInfo hop;
  private final Person person;
  private final Map<String, String> variables;

  /** A hop with this person and an empty environment. */
  public FakeHopContext(Person person) {
    this(person, Map.of());
  }

  /** A hop with this person and these variables in its environment. */
  public FakeHopContext(Person person, Map<String, String> variables) {
    this(new HopInfo(1, 2, "alice", new Endpoint("bastion", 22)), person, variables);
  }

  /** Another hop than the first of two. */
  public FakeHopContext(HopInfo hop, Person person, Map<String, String> variables) {
    this.hop = hop;
    this.person = person;
    this.variables = Map.copyOf(variables);
  }

  @Override
  public HopInfo hop() {
    return hop;
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  /** What was noted in the trail so far. */
  public List<String> notes() {
    return List.copyOf(notes);
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
  public FakeOneTimeCodes oneTimeCodes() {
    return codes;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  @Override
  public Path home() {
    return Path.of("/home/alice");
  }
}

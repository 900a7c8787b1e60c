package dev.postern.testkit.contract;

import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A hop on which the person, the clock and every secret keep one waiting until interrupted. */
final class StuckContext implements HopContext, Person, Time {
  private final FakeHopContext facts;
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  StuckContext(Map<String, String> environment) {
    this.facts = new FakeHopContext(new FakePerson(), environment);
  }

  /** Counted down when somebody waits. */
  CountDownLatch waiting() {
    return waiting;
  }

  Secret secret() {
    return this::blocked;
  }

  private SecretValue blocked() throws SecretException {
    try {
      waitUntil(Instant.MAX);
      throw new IllegalStateException("nobody ends the wait");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException("the wait was interrupted", e);
    }
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    return blocked();
  }

  @Override
  public void tell(String text) {}

  @Override
  public Instant now() {
    return facts.time().now();
  }

  @Override
  public void waitUntil(Instant moment) throws InterruptedException {
    waiting.countDown();
    never.await();
  }

  @Override
  public HopInfo hop() {
    return facts.hop();
  }

  @Override
  public void note(String text) {}

  @Override
  public Time time() {
    return this;
  }

  @Override
  public Person person() {
    return this;
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    return facts.oneTimeCodes();
  }

  @Override
  public Optional<String> environment(String name) {
    return facts.environment(name);
  }

  @Override
  public Path home() {
    return facts.home();
  }
}

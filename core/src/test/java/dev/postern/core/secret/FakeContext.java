package dev.postern.core.secret;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An environment, and a person who gives one answer or none. */
final class FakeContext implements PluginContext, Person {
  final Map<String, String> environment = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  private final Optional<String> answer;

  FakeContext(Optional<String> answer) {
    this.answer = answer;
  }

  @Override
  public Time time() {
    throw new UnsupportedOperationException("no secret source needs the time");
  }

  @Override
  public Person person() {
    return this;
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    throw new UnsupportedOperationException("no secret source of core makes codes");
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Path home() {
    return Path.of("/home/alice");
  }

  @Override
  public boolean isPresent() {
    return answer.isPresent();
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    asked.add(question + (echo ? " (echo)" : ""));
    return SecretValue.of(
        answer.orElseThrow(() -> new SecretException("nobody is there to be asked")));
  }

  @Override
  public void tell(String text) {}
}

package dev.postern.core.config;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An environment and a home, and nobody to ask. */
final class FakeServices implements PluginContext, Person, Time {
  static final Path HOME = Path.of("/home/alice");

  final List<String> told = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>(Map.of("USER", "alice"));

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
    return (account, step) -> true;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Path home() {
    return HOME;
  }

  @Override
  public boolean isPresent() {
    return false;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    throw new SecretException("nobody can be asked");
  }

  @Override
  public void tell(String text) {
    told.add(text);
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public void waitUntil(Instant moment) {}
}

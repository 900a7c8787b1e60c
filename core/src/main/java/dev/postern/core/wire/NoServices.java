package dev.postern.core.wire;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import java.nio.file.Path;
import java.util.Optional;

/** Of a runtime that opens nothing. */
final class NoServices implements PluginContext {
  @Override
  public Time time() {
    throw new IllegalStateException();
  }

  @Override
  public Person person() {
    throw new IllegalStateException();
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    throw new IllegalStateException();
  }

  @Override
  public Optional<String> environment(String name) {
    throw new IllegalStateException();
  }

  @Override
  public Path home() {
    throw new IllegalStateException();
  }
}

package dev.postern.core.context;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The services of one Postern. */
public record CoreContext(
    Time time, Person person, OneTimeCodes oneTimeCodes, Map<String, String> variables, Path home)
    implements PluginContext {
  public CoreContext {
    variables = Map.copyOf(variables);
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** Variables may be secret. */
  @Override
  public String toString() {
    return "services of core";
  }
}

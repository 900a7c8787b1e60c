package dev.postern.core.context;

import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The services of one Postern, for one hop.
 *
 * @param notes takes lines for the hop's trail, not sanitised
 */
public record CoreHopContext(PluginContext services, HopInfo hop, Consumer<String> notes)
    implements HopContext {
  @Override
  public void note(String text) {
    notes.accept(text);
  }

  @Override
  public Time time() {
    return services.time();
  }

  @Override
  public Person person() {
    return services.person();
  }

  @Override
  public OneTimeCodes oneTimeCodes() {
    return services.oneTimeCodes();
  }

  @Override
  public Optional<String> environment(String name) {
    return services.environment(name);
  }

  @Override
  public Path home() {
    return services.home();
  }
}

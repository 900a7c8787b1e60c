package dev.postern.core.wire;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.file.Path;
import java.util.Optional;

/** Services whose questions say which target they are about. */
record LabelledContext(PluginContext services, String label) implements PluginContext {
  @Override
  public Time time() {
    return services.time();
  }

  @Override
  public Person person() {
    return new LabelledPerson(services.person(), label + ": ");
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

  private record LabelledPerson(Person person, String prefix) implements Person {
    @Override
    public boolean isPresent() {
      return person.isPresent();
    }

    @Override
    public SecretValue ask(String question, boolean echo) throws SecretException {
      return person.ask(prefix + question, echo);
    }

    @Override
    public void tell(String text) {
      person.tell(prefix + text);
    }
  }
}

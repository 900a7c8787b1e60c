package dev.postern.cli.surroundings;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;

/** Is told on standard error what concerns the configuration, and is never asked. */
public record Onlooker(Surroundings surroundings) implements Person {
  @Override
  public boolean isPresent() {
    return false;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    throw new SecretException("nobody is asked here");
  }

  @Override
  public void tell(String text) {
    surroundings.complain(text);
  }
}

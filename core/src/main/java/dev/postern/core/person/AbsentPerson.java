package dev.postern.core.person;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;

/** Nobody to ask: batch mode, or neither a terminal nor an askpass program. */
public final class AbsentPerson implements Person {
  @Override
  public boolean isPresent() {
    return false;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    throw new SecretException(
        "nobody can be asked: there is no terminal and no SSH_ASKPASS, or batch mode is on");
  }

  @Override
  public void tell(String text) {}
}

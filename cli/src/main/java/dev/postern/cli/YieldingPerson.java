package dev.postern.cli;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.function.BooleanSupplier;

/**
 * Nobody, once something else has the terminal: what is typed then, for us it would be a secret, is
 * not for us.
 */
final class YieldingPerson implements Person {
  private final Person person;
  private final BooleanSupplier terminalIsTaken;

  YieldingPerson(Person person, BooleanSupplier terminalIsTaken) {
    this.person = person;
    this.terminalIsTaken = terminalIsTaken;
  }

  @Override
  public boolean isPresent() {
    return !terminalIsTaken.getAsBoolean() && person.isPresent();
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    if (terminalIsTaken.getAsBoolean()) {
      throw new SecretException(
          "nobody can be asked: the command of --run has the terminal; with SSH_ASKPASS_REQUIRE=force, SSH_ASKPASS is asked");
    }
    return person.ask(question, echo);
  }

  @Override
  public void tell(String text) {
    if (!terminalIsTaken.getAsBoolean()) {
      person.tell(text);
    }
  }
}

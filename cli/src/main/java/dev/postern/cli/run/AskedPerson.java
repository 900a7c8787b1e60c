package dev.postern.cli.run;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;

/** Has the status line out of the way while the person is asked. */
public record AskedPerson(Person person, StatusLine status) implements Person {
  @Override
  public boolean isPresent() {
    return person.isPresent();
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    status.hush(true);
    try {
      return person.ask(question, echo);
    } finally {
      status.hush(false);
    }
  }

  @Override
  public void tell(String text) {
    status.clear();
    person.tell(text);
  }
}

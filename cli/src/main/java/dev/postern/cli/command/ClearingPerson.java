package dev.postern.cli.command;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;

/** Clears the progress line before a question or a notice takes its place. */
public final class ClearingPerson implements Person {
  private final Person person;
  private final ProgressLine progress;

  public ClearingPerson(Person person, ProgressLine progress) {
    this.person = person;
    this.progress = progress;
  }

  @Override
  public boolean isPresent() {
    return person.isPresent();
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    progress.clear();
    return person.ask(question, echo);
  }

  @Override
  public void tell(String text) {
    progress.clear();
    person.tell(text);
  }
}

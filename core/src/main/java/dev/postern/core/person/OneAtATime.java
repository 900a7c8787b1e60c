package dev.postern.core.person;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.secret.UnansweredException;
import dev.postern.core.text.Sanitiser;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one question through at a time, in the order they came, and nothing that a terminal would
 * obey.
 */
public final class OneAtATime implements Person {
  private final Person person;
  private final ReentrantLock turn = new ReentrantLock(true);

  public OneAtATime(Person person) {
    this.person = requireNonNull(person, "person is null");
  }

  @Override
  public boolean isPresent() {
    return person.isPresent();
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException(
          "the opening was cancelled while a question waited for its turn", e);
    }
    try {
      return person.ask(Sanitiser.lines(question), echo);
    } catch (SecretException e) {
      throw new SecretException(String.valueOf(e.getMessage()), new UnansweredException(e));
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void tell(String text) {
    turn.lock();
    try {
      person.tell(Sanitiser.lines(text));
    } finally {
      turn.unlock();
    }
  }
}

package dev.postern.testkit;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A person with answers prepared, who declines when there are none left. Without any from the
 * start, nobody is there. Safe for use by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class FakePerson implements Person {
  private final boolean present;
  private final Deque<String> answers;
  private final List<String> heard = new ArrayList<>();

  /** A person who gives these answers, in order. */
  public FakePerson(String... answers) {
    this.present = answers.length > 0;
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  @Override
  public boolean isPresent() {
    return present;
  }

  @Override
  public synchronized SecretValue ask(String question, boolean echo) throws SecretException {
    heard.add((echo ? "shown: " : "hidden: ") + question);
    if (answers.isEmpty()) {
      throw new SecretException(present ? "the question was declined" : "nobody can be asked");
    }
    return SecretValue.of(answers.remove());
  }

  @Override
  public synchronized void tell(String text) {
    heard.add("told: " + text);
  }

  /**
   * What was asked ({@code "hidden: …"}, {@code "shown: …"}) and told ({@code "told: …"}), in
   * order.
   */
  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }
}

package dev.postern.api.hop;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import org.apiguardian.api.API;

/**
 * The person at the terminal, or behind {@code SSH_ASKPASS}. Questions of the whole process come
 * one at a time. Safe for use by several threads.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Person {
  /**
   * Whether anybody can be asked: false in batch mode, or where there is neither a terminal nor an
   * askpass program.
   */
  boolean isPresent();

  /**
   * Asks, and waits for the answer. The text is sanitised before it is shown.
   *
   * @param question what to show: the whole prompt
   * @param echo whether the answer may be seen while it is typed
   * @return the answer, which the caller owns and closes
   * @throws SecretException if nobody can be asked, or the person declined (end of file, Ctrl-C, a
   *     failed askpass program)
   */
  SecretValue ask(String question, boolean echo) throws SecretException;

  /**
   * Shows a line that needs no answer; does nothing if nobody is there. The text is sanitised
   * before it is shown.
   */
  void tell(String text);
}

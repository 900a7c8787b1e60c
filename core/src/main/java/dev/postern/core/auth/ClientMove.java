package dev.postern.core.auth;

import dev.postern.api.auth.Identity;
import dev.postern.api.secret.SecretValue;
import java.util.List;

/** What to say next. The one who sends a move wipes its secrets afterwards. */
public sealed interface ClientMove {
  /** Request the method {@code none}, to learn what the server wants. */
  record AskMethods() implements ClientMove {}

  /** Ask whether a key would do, without a signature (RFC 4252 section 7). */
  record ProbeKey(Identity identity, String algorithm) implements ClientMove {}

  /**
   * Sign in with a key: the sender builds the data to be signed and calls {@link Identity#sign} off
   * the I/O threads.
   */
  record SignWithKey(Identity identity, String algorithm) implements ClientMove {}

  /** Send a password. */
  record SendPassword(SecretValue password) implements ClientMove {}

  /** Send a password and the new one to put in its place. */
  record SendNewPassword(SecretValue current, SecretValue replacement) implements ClientMove {}

  /** Begin a keyboard-interactive conversation. */
  record StartConversation() implements ClientMove {}

  /** Answer a round, one answer for each prompt, in order. */
  record SendAnswers(List<SecretValue> answers) implements ClientMove {
    public SendAnswers {
      answers = List.copyOf(answers);
    }
  }

  /** We are in. */
  record SignedIn() implements ClientMove {}
}

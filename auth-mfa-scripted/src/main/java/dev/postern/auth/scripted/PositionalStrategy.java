package dev.postern.auth.scripted;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.util.List;
import java.util.Set;

/**
 * Answers by position. A round that does not have the number of prompts it should is not answered
 * at all.
 */
final class PositionalStrategy implements AuthStrategy {
  private final List<List<Secret>> answers;
  private int conversation;
  private int round;
  private int position = -1;

  PositionalStrategy(List<List<Secret>> answers) {
    this.answers = answers;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    advance(prompt.round());
    if (position >= answers.size()) {
      return Reply.abort(
          "the server asks in round %d, and 'answers' has only %s; add a list for it, or use rules"
              .formatted(position + 1, count(answers.size(), "round")));
    }
    List<Secret> expected = answers.get(position);
    int asked = prompt.round().promptCount();
    if (expected.size() != asked) {
      return Reply.abort(
          "the server asks %s in round %d, and 'answers' has %s for it; nothing was answered"
              .formatted(count(asked, "question"), position + 1, count(expected.size(), "answer")));
    }
    return Reply.answer(expected.get(prompt.index()).read());
  }

  /** Rounds without prompts never come here, so they use nothing up. */
  private void advance(Prompt.Round current) {
    if (conversation != current.conversation()) {
      conversation = current.conversation();
      round = 0;
      position = -1;
    }
    if (round != current.number()) {
      round = current.number();
      position++;
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}

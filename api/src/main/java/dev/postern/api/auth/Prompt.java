package dev.postern.api.auth;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * One prompt of a keyboard-interactive round, with its round around it. All texts are sanitised.
 *
 * @param text what is asked
 * @param echo whether the answer may be seen while it is typed; false for what is secret
 * @param index the prompt's place in its round, the first is 0
 * @param round the round it belongs to
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Prompt(String text, boolean echo, int index, Round round) {
  /** Checks the values. */
  public Prompt {
    requireNonNull(text, "text is null");
    requireNonNull(round, "round is null");
  }

  /**
   * What is asked: the prompt's text or, where it has no word of its own ({@code "> "}) and stands
   * alone in its round, the instruction, else the round's name.
   */
  public String question() {
    if (hasWords(text) || round.promptCount() != 1) {
      return text;
    }
    if (hasWords(round.instruction())) {
      return round.instruction();
    }
    return hasWords(round.name()) ? round.name() : text;
  }

  private static boolean hasWords(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /**
   * One {@code SSH_MSG_USERAUTH_INFO_REQUEST} (RFC 4256 section 3.2).
   *
   * @param number the round's place in its conversation, the first is 1
   * @param conversation the conversation's place in this opening, the first is 1: a refused one may
   *     be followed by another
   * @param name the server's name for it, often empty
   * @param instruction the server's instruction, often empty
   * @param promptCount the number of prompts in the round
   */
  public record Round(
      int number, int conversation, String name, String instruction, int promptCount) {
    /** Checks the values. */
    public Round {
      requireNonNull(name, "name is null");
      requireNonNull(instruction, "instruction is null");
    }
  }
}

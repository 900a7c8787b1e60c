package dev.postern.cli.session;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import java.util.OptionalInt;

/** The value of {@code -e}: a character, {@code ^} and a letter, or {@code none}. */
final class EscapeKey {
  private EscapeKey() {}

  /**
   * The code of the key, or none.
   *
   * @throws dev.postern.problem.ConfigException if the text names no key
   */
  static OptionalInt parse(String text) {
    if (text.equals("none")) {
      return OptionalInt.empty();
    }
    if (text.length() == 2 && text.charAt(0) == '^' && isControllable(text.charAt(1))) {
      return OptionalInt.of(text.charAt(1) & 0x1f);
    }
    if (text.length() == 1 && text.charAt(0) < 0x7f) {
      return OptionalInt.of(text.charAt(0));
    }
    throw CommandLineProblem.badDestination(
        "-e %s: expected one character, ^ and a letter, or none".formatted(Shown.text(text)));
  }

  private static boolean isControllable(char letter) {
    return letter >= '@' && letter < 0x7f;
  }

  /** As it is shown: {@code ~}, {@code ^B}. */
  static String shown(int key) {
    return key < 0x20 ? "^" + (char) (key + '@') : String.valueOf((char) key);
  }
}

package dev.postern.cli.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The value of {@code ProxyCommand}: ssh expands its percent signs and gives it to the user's
 * shell, whichever that is.
 *
 * @param words before {@code -W}: the command, its subcommand, its options
 * @param after what follows the target
 */
public record ProxyCommand(List<String> words, List<String> after) {
  private static final Pattern PLAIN =
      Pattern.compile("[\\w./:@%+,-]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Copies the words. */
  public ProxyCommand {
    words = List.copyOf(words);
    after = List.copyOf(after);
  }

  /**
   * As ssh_config has it.
   *
   * @throws IllegalArgumentException if a word cannot be written there
   */
  String text() {
    List<String> all = new ArrayList<>();
    words.forEach(word -> all.add(quoted(word)));
    // In brackets for an IPv6 address, which in turn are patterns of files to a shell.
    all.add("-W '[%h]:%p'");
    after.forEach(word -> all.add(quoted(word)));
    return String.join(" ", all);
  }

  /**
   * In single quotes, or where the word has a quote, with a backslash before every character that
   * may mean something: {@code '\''} would do for a shell, but ssh counts quotes before it.
   */
  private static String quoted(String word) {
    if (CONTROL.matcher(word).find()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot stand in a ProxyCommand: it has a control character"
              .formatted(word.replaceAll(CONTROL.pattern(), "?")));
    }
    String text = word.replace("%", "%%");
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    if (text.indexOf('\'') < 0 && text.indexOf('\\') < 0 && text.indexOf('!') < 0) {
      return "'" + text + "'";
    }
    return text.replaceAll("[\\p{ASCII}&&[^\\w./:@%+,-]]", "\\\\$0");
  }
}

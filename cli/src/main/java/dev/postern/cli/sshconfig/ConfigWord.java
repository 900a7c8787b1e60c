package dev.postern.cli.sshconfig;

import java.util.regex.Pattern;

/**
 * Words of ssh_config(5). In double quotes a backslash stands before quotes and backslashes, as
 * argv_split of OpenSSH's misc.c reads them; what a percent sign, or a dollar sign and a brace,
 * does depends on the keyword and on the version.
 */
final class ConfigWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private ConfigWord() {}

  /** A word that is taken as it is by all versions. */
  static String literal(String keyword, String text) {
    if (text.contains("%")) {
      throw unfit(keyword, text, "%, which not every version of ssh takes as it is");
    }
    return quoted(keyword, text);
  }

  /** A word whose percent signs are expanded. */
  static String expanded(String keyword, String text) {
    return quoted(keyword, text.replace("%", "%%"));
  }

  private static String quoted(String keyword, String text) {
    if (text.contains("${")) {
      throw unfit(keyword, text, "${, which ssh takes for a variable of the environment");
    }
    if (CONTROL.matcher(text).find()) {
      throw unfit(keyword, text.replaceAll(CONTROL.pattern(), "?"), "a control character");
    }
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    return '"' + text.replaceAll("[\\\\\"]", "\\\\$0") + '"';
  }

  private static IllegalArgumentException unfit(String keyword, String text, String why) {
    return new IllegalArgumentException(
        "\"%s\" cannot be written as %s: it has %s".formatted(text, keyword, why));
  }
}

package dev.postern.cli.sshconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A stanza of ssh_config. */
public final class Stanza {
  private static final Pattern NAME =
      Pattern.compile("[\\w.:][\\w.:@+-]*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern PATTERNS =
      Pattern.compile("[\\w.:*?!][\\w.:@*?!+ -]*", Pattern.UNICODE_CHARACTER_CLASS);

  private Stanza() {}

  /**
   * For the last hop of a route, under the route's name.
   *
   * @throws IllegalArgumentException if ssh cannot be told the same
   */
  public static String of(String route, LastHop hop, ProxyCommand command) {
    if (!NAME.matcher(route).matches()) {
      throw new IllegalArgumentException(
          "the name of the route cannot be that of a Host of ssh; give it one of letters, digits, '.', '_' and '-'");
    }
    List<String> lines = new ArrayList<>(hop.lines());
    lines.add("ProxyCommand " + command.text());
    return text(route, lines);
  }

  /**
   * For hosts behind the last hop.
   *
   * @param patterns of ssh_config, with blanks between
   * @throws IllegalArgumentException if these are no patterns
   */
  public static String behind(String patterns, ProxyCommand command) {
    if (!PATTERNS.matcher(patterns).matches()) {
      throw new IllegalArgumentException(
          "--behind takes patterns of hosts, such as '*.internal !db.internal'");
    }
    return text(patterns, List.of("ProxyCommand " + command.text()));
  }

  private static String text(String host, List<String> lines) {
    return "Host " + host + "\n  " + String.join("\n  ", lines) + "\n";
  }
}

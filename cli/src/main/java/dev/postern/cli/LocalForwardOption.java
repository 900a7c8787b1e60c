package dev.postern.cli;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.route.ForwardSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSSH's {@code -L [bind:]port:host:hostport}. */
final class LocalForwardOption {
  private static final String HOST = "(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]+)";
  private static final Pattern FORM =
      Pattern.compile("(?:(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]*):)?([0-9]+):" + HOST + ":([0-9]+)");

  private LocalForwardOption() {}

  /**
   * The forward.
   *
   * @throws ConfigException if the text is none
   */
  static ForwardSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw bad(text, "write it like 15432:localhost:5432 or 127.0.0.1:15432:localhost:5432");
    }
    String bind = matcher.group(1);
    // As in OpenSSH, an empty address stands for all of them; left out, for this machine alone.
    String address = bind == null ? "127.0.0.1" : bind.isEmpty() ? "*" : bind;
    try {
      return ForwardSpec.of(
          address + ":" + matcher.group(2), matcher.group(3) + ":" + matcher.group(4));
    } catch (IllegalArgumentException e) {
      throw bad(text, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigException bad(String text, String why) {
    return CommandLineProblem.of(
        Code.FORWARD_BAD_SPEC, "-L %s: %s".formatted(Shown.text(text), why));
  }
}

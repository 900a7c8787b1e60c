package dev.postern.cli.run;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time on the command line: seconds, or a number with its unit. */
final class RunTime {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,7})(ms|s|m|h)?");

  private RunTime() {}

  static Duration parse(String text) {
    Matcher match = TIME.matcher(text);
    if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
      throw CommandLineProblem.badDestination(
          "\"%s\" is not a time; it is a number of seconds, or a number with ms, s, m or h"
              .formatted(Shown.text(text)));
    }
    long number = Long.parseLong(match.group(1));
    String unit = match.group(2) == null ? "s" : match.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }
}

package dev.postern.transport.proxy.command;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts host, port and user into arguments. What is put in never becomes an argument of its own. */
final class Arguments {
  private static final Pattern TOKEN = Pattern.compile("%(.?)", Pattern.DOTALL);
  private static final String KNOWN = "hpr%";

  private Arguments() {}

  static void check(String argument) {
    Matcher tokens = TOKEN.matcher(argument);
    while (tokens.find()) {
      if (tokens.group(1).isEmpty() || KNOWN.indexOf(tokens.group(1).charAt(0)) < 0) {
        throw new IllegalArgumentException(
            "command: '%s' in '%s' is not known; there are %%h (host), %%p (port), %%r (user) and %%%% (a percent sign)"
                .formatted(tokens.group(), argument));
      }
    }
  }

  static List<String> fill(List<String> command, Endpoint endpoint, String user) {
    return command.stream().map(argument -> fill(argument, endpoint, user)).toList();
  }

  private static String fill(String argument, Endpoint endpoint, String user) {
    String filled =
        TOKEN
            .matcher(argument)
            .replaceAll(token -> Matcher.quoteReplacement(value(token, endpoint, user)));
    if (filled.startsWith("-") && !argument.startsWith("-")) {
      throw new MisconfiguredException(
          "'%s' becomes '%s', which a program would take for an option; write '%s' in another way"
              .formatted(argument, filled, argument.startsWith("%r") ? "user" : "host"));
    }
    return filled;
  }

  private static String value(MatchResult token, Endpoint endpoint, String user) {
    return switch (token.group(1)) {
      case "h" -> endpoint.host();
      case "p" -> String.valueOf(endpoint.port());
      case "r" -> user;
      default -> "%";
    };
  }
}

package dev.postern.cli.status;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.postern.core.text.Sanitiser;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads what a process said. It may be anything. */
final class StatusDocument {
  private static final int DEEPEST = 8;

  private StatusDocument() {}

  /** What it says, or that it says nothing that can be read. */
  static Running read(long pid, String text) {
    if (isTooDeep(text)) {
      return new Running.Silent(pid, Running.Silent.WORDS);
    }
    try {
      return route(
          pid,
          ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON)));
    } catch (ConfigException | DateTimeException e) {
      return new Running.Silent(pid, Running.Silent.WORDS);
    }
  }

  private static Running.Route route(long pid, Config fields) {
    return new Running.Route(
        string(fields, "route"),
        pid,
        Instant.parse(fields.getString("since")),
        string(fields, "state"),
        count(fields, "attempt"),
        fields.hasPath("nextAttemptMillis")
            ? Optional.of(count(fields, "nextAttemptMillis"))
            : Optional.empty(),
        optional(fields, "lastError"),
        fields.getConfigList("forwards").stream().map(StatusDocument::forward).toList());
  }

  private static ForwardStatus forward(Config fields) {
    return new ForwardStatus(
        string(fields, "type"),
        string(fields, "listen"),
        optional(fields, "target"),
        string(fields, "state"),
        count(fields, "open"),
        count(fields, "accepted"),
        count(fields, "refused"),
        count(fields, "sent"),
        count(fields, "received"),
        optional(fields, "lastError"));
  }

  private static String string(Config fields, String key) {
    return Sanitiser.line(fields.getString(key));
  }

  private static Optional<String> optional(Config fields, String key) {
    return fields.hasPath(key) ? Optional.of(string(fields, key)) : Optional.empty();
  }

  private static long count(Config fields, String key) {
    return Math.max(0, fields.getLong(key));
  }

  /** The parser calls itself for each level. */
  private static boolean isTooDeep(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (quoted && next == '\\') {
        i++;
      } else if (next == '"') {
        quoted = !quoted;
      } else if (!quoted && (next == '{' || next == '[')) {
        depth++;
      } else if (!quoted && (next == '}' || next == ']')) {
        depth--;
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }
}

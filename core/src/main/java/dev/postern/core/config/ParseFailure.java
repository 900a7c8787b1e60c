package dev.postern.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigException.WrongType;
import dev.postern.core.config.LocalIncluder.RemoteIncludeException;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says why a file cannot be parsed, without the pieces of it that the library quotes. */
final class ParseFailure {
  private ParseFailure() {}

  static ConfigProblem problem(Path file, ConfigException failure) {
    RemoteIncludeException remote = remoteInclude(failure);
    if (remote != null) {
      return new ConfigProblem(
          Code.CONFIG_REMOTE_INCLUDE, remote.place(), "", String.valueOf(remote.getMessage()));
    }
    String origin = failure.origin() == null ? file.toString() : Origins.text(failure.origin());
    return new ConfigProblem(Code.CONFIG_UNREADABLE, origin, "", sentence(failure));
  }

  private static @Nullable RemoteIncludeException remoteInclude(ConfigException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RemoteIncludeException remote) {
        return remote;
      }
    }
    return null;
  }

  private static String sentence(ConfigException failure) {
    if (failure instanceof WrongType) {
      return "an object or list and a plain value stand side by side and cannot be joined; separate"
          + " them by a comma, or put quotes around what is one text";
    }
    if (failure instanceof ConfigException.BugOrBroken) {
      return "its includes or substitutions cannot be worked out"; // the library quotes everything
    }
    return withoutOrigin(failure)
        .replaceFirst("(?s) \\(if you (want|intended) .*", "")
        .replaceFirst("(?s)Key '.*' may not be followed by token: .*", "a key has no value")
        .replaceFirst("(?s)got wrong token: '.*?' \\(", "got (")
        .replaceFirst("(?s), (got|not:?) '.*", "")
        .replaceFirst("(?s), not: end of file", " before the end of the file")
        .replace("a close parentheses ')'", "a closing '}' or ')'")
        .replaceAll("(?s)(?<=[\\s(])'[^']{2,}.*'", "a text");
  }

  /** The library puts the origin before its sentence, where ours stands already. */
  private static String withoutOrigin(ConfigException failure) {
    String message = String.valueOf(failure.getMessage());
    String prefix = failure.origin() == null ? "" : failure.origin().description() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}

package dev.postern.cli.target;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A server on the command line: {@code [user@]host[:port]}, {@code ssh://[user@]host[:port]}, with
 * brackets around an IPv6 address that has a port.
 */
record Destination(Optional<String> user, String host, OptionalInt port) {
  private static final String SCHEME = "ssh://";

  /** What OpenSSH 10.3 refuses here: it could mean something to a shell, an option or a pattern. */
  private static final Pattern UNFIT_USER =
      Pattern.compile("^-|[\\s\\p{Cntrl}'\"`$\\\\;&<>|(){},*?!#%/]");

  private static final Pattern UNFIT_HOST =
      Pattern.compile("^-|[\\s\\p{Cntrl}'\"`$\\\\;&<>|(){},*?!#%/@\\[\\]]");
  private static final Pattern SCOPED_ADDRESS =
      Pattern.compile("[0-9A-Fa-f:.]+(%[0-9A-Za-z._-]+)?");

  /** Whether this can only be a server, not the name of a route. */
  static boolean isUnmistakable(String text) {
    return text.startsWith(SCHEME) || text.indexOf('@') >= 0 || text.indexOf(':') >= 0;
  }

  /** The jumps of {@code -J}, comma-separated, in order. */
  static List<Destination> jumps(List<String> values) {
    List<Destination> jumps = new ArrayList<>();
    for (String value : values) {
      if (value.equals("none")) {
        continue;
      }
      for (String one : value.split(",", -1)) {
        jumps.add(parse(one));
      }
    }
    return jumps;
  }

  static Destination parse(String text) {
    String rest = text;
    if (text.startsWith(SCHEME)) {
      rest = text.substring(SCHEME.length());
      rest = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }
    int at = rest.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at));
    user.ifPresent(Destination::expectUser);
    return endpoint(user, rest.substring(at + 1), text);
  }

  private static Destination endpoint(Optional<String> user, String endpoint, String text) {
    if (endpoint.startsWith("[")) {
      int end = endpoint.indexOf(']');
      String after = end < 0 ? "" : endpoint.substring(end + 1);
      if (end < 0 || (!after.isEmpty() && !after.startsWith(":"))) {
        throw unclear(text);
      }
      OptionalInt port =
          after.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(after.substring(1)));
      return of(user, endpoint.substring(1, end), port);
    }
    int colon = endpoint.indexOf(':');
    if (colon >= 0 && colon == endpoint.lastIndexOf(':')) {
      return of(
          user, endpoint.substring(0, colon), OptionalInt.of(port(endpoint.substring(colon + 1))));
    }
    return of(user, endpoint, OptionalInt.empty());
  }

  private static Destination of(Optional<String> user, String host, OptionalInt port) {
    boolean address = host.indexOf(':') >= 0;
    if (host.isEmpty()
        || (address ? !SCOPED_ADDRESS.matcher(host).matches() : UNFIT_HOST.matcher(host).find())) {
      throw CommandLineProblem.badDestination(
          "\"%s\" cannot be a host's name or address".formatted(Shown.text(host)));
    }
    return new Destination(user, host, port);
  }

  /** The text, if it can be a user's name. */
  static String expectUser(String user) {
    if (user.indexOf(':') >= 0) {
      // Not repeated: what follows is meant as a password.
      throw CommandLineProblem.badDestination(
          "a user's name has no ':'; a password does not belong on the command line, where others"
              + " see it, but is asked for");
    }
    if (user.isEmpty() || UNFIT_USER.matcher(user).find()) {
      throw CommandLineProblem.badDestination(
          "\"%s\" cannot be a user's name".formatted(Shown.text(user)));
    }
    return user;
  }

  /** The text as a port. */
  static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw CommandLineProblem.badDestination(
        "\"%s\" is not a port; it is a number from 1 to 65535".formatted(Shown.text(text)));
  }

  private static RuntimeException unclear(String text) {
    return CommandLineProblem.badDestination(
        "\"%s\" is not a destination; write [user@]host[:port], ssh://[user@]host[:port] or [address]:port"
            .formatted(Shown.text(text)));
  }
}

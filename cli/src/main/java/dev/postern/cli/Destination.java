package dev.postern.cli;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code [user@]host[:port]}, with brackets around an IPv6 address that has a port, or {@code
 * ssh://…}. What OpenSSH refuses in names on the command line is refused here.
 */
record Destination(Optional<String> user, String host, OptionalInt port) {
  private static final Pattern FORM =
      Pattern.compile("(?:ssh://)?(?:([^@]*)@)?(?:\\[([^\\]]*)\\]|([^:@/]*))(?::([0-9]{1,5}))?/?");
  private static final Pattern BARE_IPV6 =
      Pattern.compile("(?:([^@]*)@)?([0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*:[^@/]*)");
  private static final Pattern UNFIT = Pattern.compile("^-|[\\s\\p{Cntrl}'\"`$\\\\;&<>|(){},*?!#]");

  static Destination parse(String text) {
    Matcher ipv6 = BARE_IPV6.matcher(text);
    if (ipv6.matches() && !text.contains("[")) {
      return of(text, ipv6.group(1), ipv6.group(2), null);
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw bad(text, "it is not of the form [user@]host[:port]");
    }
    return of(
        text, form.group(1), form.group(2) != null ? form.group(2) : form.group(3), form.group(4));
  }

  private static Destination of(
      String text,
      @org.jspecify.annotations.Nullable String user,
      @org.jspecify.annotations.Nullable String host,
      @org.jspecify.annotations.Nullable String port) {
    if (host == null || host.isEmpty() || UNFIT.matcher(host).find()) {
      throw bad(text, "\"%s\" cannot be a host's name or address".formatted(host));
    }
    if (user != null && (user.isEmpty() || UNFIT.matcher(user).find())) {
      throw bad(text, "\"%s\" cannot be a user's name".formatted(user));
    }
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
      throw bad(text, "port %s is not from 1 to 65535".formatted(port));
    }
    return new Destination(
        Optional.ofNullable(user),
        host,
        port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
  }

  static ConfigException bad(String text, String why) {
    return new ConfigException(
        List.of(
            new ConfigProblem(
                Code.CONFIG_BAD_DESTINATION, "command line", "", "'%s': %s".formatted(text, why))));
  }
}

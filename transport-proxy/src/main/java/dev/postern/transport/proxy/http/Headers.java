package dev.postern.transport.proxy.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in a request (RFC 9110 section 5). */
final class Headers {
  static final String AUTHORIZATION = "Proxy-Authorization";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> OURS = Set.of("host", "content-length", "transfer-encoding");

  private Headers() {}

  static void check(String name, boolean hasUser) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("headers: '%s' is no name of a header".formatted(name));
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("headers: '%s' cannot be set".formatted(name));
    }
    if (hasUser && name.equalsIgnoreCase(AUTHORIZATION)) {
      throw new IllegalArgumentException(
          "headers: '%s' is made of 'user' and 'password'; set one or the other".formatted(name));
    }
  }

  static boolean isUser(String user) {
    return user.indexOf(':') < 0 && user.chars().noneMatch(Character::isISOControl);
  }

  /** Whether the bytes, in UTF-8, stay within their line. */
  static boolean isValue(byte[] value) {
    for (byte each : value) {
      if ((each >= 0 && each < ' ' && each != '\t') || each == 0x7f) {
        return false;
      }
    }
    return true;
  }
}

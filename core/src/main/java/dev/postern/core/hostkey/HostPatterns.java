package dev.postern.core.hostkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first field of a line: names, patterns and negations, or one hashed name. A name on another
 * port than 22 is the string {@code [name]:port} here, and patterns match it as any other string,
 * so {@code *} is every name on every port.
 */
sealed interface HostPatterns {
  /** Whether the line speaks of that name, which is in lower case. */
  boolean match(String name);

  /** Whether the line says that it does not speak of that name, which is in lower case. */
  boolean exclude(String name);

  /** The field as it can be shown. */
  String text();

  /** Empty if the field cannot be understood: such a line matches nothing. */
  static Optional<HostPatterns> parse(String field) {
    if (!field.startsWith("|")) {
      return Optional.of(new Names(Lower.of(field)));
    }
    String[] parts = field.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      return Optional.empty();
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      if (salt.length != Hashed.SIZE || hash.length != Hashed.SIZE) {
        return Optional.empty();
      }
      return Optional.of(new Hashed(salt, hash));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Names and patterns between commas.
   *
   * @param text in lower case
   */
  record Names(String text) implements HostPatterns {
    @Override
    public boolean match(String name) {
      return any(name, false) && !any(name, true);
    }

    @Override
    public boolean exclude(String name) {
      return any(name, true);
    }

    private boolean any(String name, boolean negated) {
      int start = 0;
      while (start <= text.length()) {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        boolean negation = start < end && text.charAt(start) == '!';
        String pattern = text.substring(negation ? start + 1 : start, end);
        if (negation == negated && !pattern.isEmpty() && Wildcard.match(pattern, name)) {
          return true;
        }
        start = end + 1;
      }
      return false;
    }
  }

  /** A name that only who knows it can find: HMAC-SHA1 over it with a salt of its own. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hashed(byte[] salt, byte[] hash) implements HostPatterns {
    static final int SIZE = 20;

    @Override
    public boolean match(String name) {
      try {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        return MessageDigest.isEqual(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), hash);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has HmacSHA1", e);
      }
    }

    @Override
    public boolean exclude(String name) {
      return false;
    }

    @Override
    public String text() {
      return "[hashed name]";
    }
  }
}

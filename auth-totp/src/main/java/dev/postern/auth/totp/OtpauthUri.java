package dev.postern.auth.totp;

import dev.postern.api.secret.SecretException;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@code otpauth://totp/LABEL?secret=…} URI, as QR codes carry it. Read from characters, since a
 * String cannot be wiped, and leniently: labels are often not encoded as they should be.
 */
final class OtpauthUri implements AutoCloseable {
  private static final String SCHEME = "otpauth://";
  private static final String KIND = SCHEME + "totp/";

  private final byte[] seed;
  private final Parameters parameters;

  private OtpauthUri(byte[] seed, Parameters parameters) {
    this.seed = seed;
    this.parameters = parameters;
  }

  static boolean isOne(CharSequence text) {
    return startsWith(text, SCHEME);
  }

  /** The URI's own parameters win over the given ones. */
  static OtpauthUri parse(CharBuffer text, Parameters defaults) throws SecretException {
    if (!startsWith(text, KIND)) {
      throw new SecretException(
          "the otpauth:// URI is not one of a totp account; only otpauth://totp/ is supported");
    }
    Reader reader = new Reader(defaults);
    int query = indexOf(text, '?', 0);
    for (int start = query + 1; query >= 0 && start <= text.length(); ) {
      int end = indexOf(text, '&', start);
      end = end < 0 ? text.length() : end;
      reader.parameter(text.subSequence(start, end));
      start = end + 1;
    }
    return reader.finish();
  }

  byte[] seed() {
    return seed.clone();
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }

  private static boolean startsWith(CharSequence text, String prefix) {
    return text.length() >= prefix.length()
        && text.subSequence(0, prefix.length()).toString().equalsIgnoreCase(prefix);
  }

  private static int indexOf(CharSequence text, char wanted, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Takes the parameters one by one. */
  private static final class Reader {
    private byte @Nullable [] seed;
    private Algorithm algorithm;
    private int digits;
    private long period;

    Reader(Parameters defaults) {
      this.algorithm = defaults.algorithm();
      this.digits = defaults.digits();
      this.period = defaults.periodSeconds();
    }

    void parameter(CharBuffer text) throws SecretException {
      int equals = indexOf(text, '=', 0);
      if (equals < 0) {
        return;
      }
      CharBuffer value = text.subSequence(equals + 1, text.length());
      switch (text.subSequence(0, equals).toString().toLowerCase(Locale.ROOT)) {
        case "secret" -> seed = seed(value);
        case "algorithm" -> algorithm = algorithm(value.toString());
        case "digits" -> digits = (int) number("digits", value.toString());
        case "period" -> period = number("period", value.toString());
        default -> {} // the issuer, an image and what others may add are for people
      }
    }

    OtpauthUri finish() throws SecretException {
      byte[] found = seed;
      if (found == null) {
        throw new SecretException("the otpauth:// URI has no secret");
      }
      try {
        Parameters.check(digits, Duration.ofSeconds(period));
      } catch (IllegalArgumentException e) {
        Arrays.fill(found, (byte) 0);
        throw new SecretException("the otpauth:// URI cannot be used: " + e.getMessage(), e);
      }
      return new OtpauthUri(found, new Parameters(algorithm, digits, period));
    }

    /** Of what may be percent-encoded, only padding and spaces occur in base32. */
    private static byte[] seed(CharBuffer value) throws SecretException {
      char[] decoded = new char[value.length()];
      int length = 0;
      try {
        for (int i = 0; i < value.length(); i++) {
          char character = value.charAt(i);
          if (character == '%' && i + 2 < value.length()) {
            int code =
                Character.digit(value.charAt(i + 1), 16) * 16
                    + Character.digit(value.charAt(i + 2), 16);
            character = (char) Math.max(code, 0);
            i += 2;
          } else if (character == '+') {
            character = ' ';
          }
          decoded[length++] = character;
        }
        return Base32.decode(CharBuffer.wrap(decoded, 0, length));
      } finally {
        Arrays.fill(decoded, '\0');
      }
    }

    private static Algorithm algorithm(String name) throws SecretException {
      return switch (name.toUpperCase(Locale.ROOT).replace("-", "").replace("HMAC", "")) {
        case "SHA1" -> Algorithm.SHA1;
        case "SHA256" -> Algorithm.SHA256;
        case "SHA512" -> Algorithm.SHA512;
        default ->
            throw new SecretException(
                "the otpauth:// URI has an algorithm other than SHA1, SHA256 and SHA512");
      };
    }

    private static long number(String name, String text) throws SecretException {
      try {
        return Integer.parseInt(text.strip());
      } catch (NumberFormatException e) {
        throw new SecretException("the otpauth:// URI has '%s' that is no number".formatted(name));
      }
    }
  }
}

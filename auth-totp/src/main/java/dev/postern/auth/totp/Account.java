package dev.postern.auth.totp;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** An account: its seed, and how its codes are made. Messages never show the seed. */
final class Account implements AutoCloseable {
  private final byte[] seed;
  private final Parameters parameters;

  private Account(byte[] seed, Parameters parameters) {
    this.seed = seed;
    this.parameters = parameters;
  }

  /** Reads a seed in base32, or an {@code otpauth://} URI, whose parameters win. */
  static Account parse(SecretValue value, Parameters parameters) throws SecretException {
    char[] text = value.chars();
    try {
      return startsWith(text, "otpauth:")
          ? ofUri(new String(text).strip(), parameters)
          : new Account(Base32.decode(text), parameters);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private static boolean startsWith(char[] text, String prefix) {
    return new String(text, 0, Math.min(text.length, prefix.length())).equalsIgnoreCase(prefix);
  }

  private static Account ofUri(String text, Parameters defaults) throws SecretException {
    Algorithm algorithm = defaults.algorithm();
    int digits = defaults.digits();
    long period = defaults.periodSeconds();
    byte[] seed = null;
    try {
      URI uri = URI.create(text);
      if (!"totp".equalsIgnoreCase(uri.getHost()) || uri.getRawQuery() == null) {
        throw new SecretException("the otpauth:// URI is not one of a totp account with a secret");
      }
      for (String parameter : uri.getRawQuery().split("&")) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String content =
            equals < 0
                ? ""
                : URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
        switch (name.toLowerCase(Locale.ROOT)) {
          case "secret" -> seed = Base32.decode(content.toCharArray());
          case "algorithm" ->
              algorithm = Algorithm.valueOf(content.toUpperCase(Locale.ROOT).replace("-", ""));
          case "digits" -> digits = Integer.parseInt(content);
          case "period" -> period = Long.parseLong(content);
          default -> {} // issuer, image and what others may add are for people
        }
      }
      Parameters.check(digits, java.time.Duration.ofSeconds(period));
    } catch (IllegalArgumentException e) {
      throw new SecretException(
          "the otpauth:// URI cannot be understood: a parameter is not one of a totp account");
    }
    if (seed == null) {
      throw new SecretException("the otpauth:// URI has no secret");
    }
    return new Account(seed, new Parameters(algorithm, digits, period));
  }

  Parameters parameters() {
    return parameters;
  }

  SecretValue code(long step) {
    char[] code = Totp.code(seed, parameters, step);
    try {
      return SecretValue.of(code);
    } finally {
      Arrays.fill(code, '\0');
    }
  }

  /** Names the account without telling its seed. */
  String name() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("postern totp account".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(seed)) + "/" + parameters;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }
}

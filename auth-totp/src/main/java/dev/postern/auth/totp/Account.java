package dev.postern.auth.totp;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

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
    char[] characters = value.chars();
    try {
      CharBuffer text = strip(characters);
      if (!OtpauthUri.isOne(text)) {
        return new Account(Base32.decode(text), parameters);
      }
      try (OtpauthUri uri = OtpauthUri.parse(text, parameters)) {
        return new Account(uri.seed(), uri.parameters());
      }
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static CharBuffer strip(char[] characters) {
    int start = 0;
    int end = characters.length;
    while (start < end && Character.isWhitespace(characters[start])) {
      start++;
    }
    while (end > start && Character.isWhitespace(characters[end - 1])) {
      end--;
    }
    return CharBuffer.wrap(characters, start, end - start).slice();
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

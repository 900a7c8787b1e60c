package com.example.postern.vault;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The token for one use. Whoever read it closes it. */
final class Token implements AutoCloseable {
  private final SecretValue value;

  private Token(SecretValue value) {
    this.value = value;
  }

  static Token read(Secret secret) throws SecretException {
    Token token = new Token(secret.read());
    try {
      token.expectHeaderValue();
      return token;
    } catch (SecretException e) {
      token.close();
      throw e;
    }
  }

  /** The HTTP client would quote what it cannot send. */
  private void expectHeaderValue() throws SecretException {
    char[] characters = value.chars();
    try {
      if (characters.length == 0) {
        throw new SecretException("the token is empty");
      }
      for (char character : characters) {
        if (character <= ' ' || character > '~') {
          throw new SecretException(
              "the token has a space, a line break or another character that no token has");
        }
      }
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** As a header takes it; cannot be wiped, so not to be kept. */
  String header() {
    char[] characters = value.chars();
    try {
      return new String(characters);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** Somebody else's text, without the token in it. */
  String masked(String text) {
    return text.replace(header(), "***");
  }

  /** Tells tokens apart, and tells nothing of them: they are long and random. */
  String mark() {
    byte[] bytes = value.utf8();
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void close() {
    value.close();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

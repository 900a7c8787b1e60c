package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;

/** Reads secrets for assertions. */
final class Reading {
  private Reading() {}

  static String text(Secret secret) throws SecretException {
    try (SecretValue value = secret.read()) {
      return new String(value.chars());
    }
  }

  static SecretException failure(Secret secret) {
    return catchThrowableOfType(SecretException.class, secret::read);
  }
}

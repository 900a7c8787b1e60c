package dev.postern.core.secret;

import java.io.IOException;

/**
 * The cause of a {@link dev.postern.api.secret.SecretException} whose reason is that a secret file
 * is not safe to use ({@code PST-S002}).
 */
public final class UnsafeSecretFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure with its sentence. */
  public UnsafeSecretFileException(String message) {
    super(message);
  }
}

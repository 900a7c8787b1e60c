package dev.postern.core.secret;

import dev.postern.api.secret.SecretException;

/**
 * The cause of a {@link SecretException} whose reason is that a person did not answer, or that
 * there is nobody to ask. Asking again by itself would be a nuisance.
 */
public final class UnansweredException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public UnansweredException(SecretException cause) {
    super(cause.getMessage(), cause);
  }
}

package dev.postern.api.secret;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A secret source has no secret to give. The message names the source and the reason, and is shown
 * to the user as it is.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class SecretException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with its sentence. */
  public SecretException(String message) {
    super(message);
  }

  /** A failure with its sentence and what caused it. */
  public SecretException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

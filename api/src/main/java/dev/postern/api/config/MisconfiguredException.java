package dev.postern.api.config;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A plugin cannot work with what it was given: settings that contradict each other, a key file that
 * cannot be read. The hop stops with this message; the next strategy is not tried in its place.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class MisconfiguredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A sentence that says what is wrong and what to do. */
  public MisconfiguredException(String message) {
    super(message);
  }

  /** A sentence and what caused it. */
  public MisconfiguredException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

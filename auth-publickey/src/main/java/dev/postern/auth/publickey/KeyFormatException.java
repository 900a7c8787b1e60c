package dev.postern.auth.publickey;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that are not the key, certificate or agent message that they should be. */
final class KeyFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  KeyFormatException(String message) {
    super(message);
  }

  KeyFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

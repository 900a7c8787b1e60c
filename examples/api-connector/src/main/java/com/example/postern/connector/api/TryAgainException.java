package com.example.postern.connector.api;

import java.time.Duration;
import java.util.Optional;

/** A failure that may be gone the next time. */
final class TryAgainException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> wish;

  TryAgainException(String message, Optional<Duration> wish) {
    super(message);
    this.wish = wish;
  }

  /** How long the API wants us to wait. */
  Optional<Duration> wish() {
    return wish;
  }
}

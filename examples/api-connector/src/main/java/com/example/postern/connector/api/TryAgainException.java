package com.example.postern.connector.api;

import dev.postern.circuit.CircuitException;
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

  /** The circuit failed; so it says itself, if it goes on to. */
  TryAgainException(CircuitException cause) {
    super(cause.getMessage(), cause);
    this.wish = Optional.empty();
  }

  /** How long the API wants us to wait. */
  Optional<Duration> wish() {
    return wish;
  }
}

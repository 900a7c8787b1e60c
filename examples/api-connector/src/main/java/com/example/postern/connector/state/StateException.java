package com.example.postern.connector.state;

/** The state file cannot be used; the message says what to do. */
public final class StateException extends Exception {
  private static final long serialVersionUID = 1L;

  StateException(String message, Throwable cause) {
    super(message, cause);
  }

  StateException(String message) {
    super(message);
  }
}

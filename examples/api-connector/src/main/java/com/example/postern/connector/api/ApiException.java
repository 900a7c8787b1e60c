package com.example.postern.connector.api;

/** The API did not answer as it should, and asking again is of no use or was done often enough. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  ApiException(String message, Throwable cause) {
    super(message, cause);
  }

  ApiException(String message) {
    super(message);
  }
}

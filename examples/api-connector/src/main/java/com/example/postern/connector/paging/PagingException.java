package com.example.postern.connector.paging;

/** An answer is not of the shape that was configured, or leads where we do not go. */
public final class PagingException extends Exception {
  private static final long serialVersionUID = 1L;

  PagingException(String message) {
    super(message);
  }
}

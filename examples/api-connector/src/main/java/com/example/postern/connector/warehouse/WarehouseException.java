package com.example.postern.connector.warehouse;

/** Rows cannot be written. */
public final class WarehouseException extends Exception {
  private static final long serialVersionUID = 1L;

  WarehouseException(String message) {
    super(message);
  }

  WarehouseException(String message, Throwable cause) {
    super(message, cause);
  }
}

package com.example.postern.connector.sync;

/** A run failed; what it had committed stays. */
public final class SyncException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /** A failure at a stage; the cause's message is the sentence. */
  public SyncException(Stage stage, Throwable cause) {
    super(cause.getMessage(), cause);
    this.stage = stage;
  }

  /** The stage that failed. */
  public Stage stage() {
    return stage;
  }
}

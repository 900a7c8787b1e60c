package com.example.postern.connector.sync;

/** The stages of a run, in order. */
public enum Stage {
  /** Reading the configuration. */
  CONFIGURATION,
  /** Being the only run, and knowing how far the last one came. */
  STATE,
  /** Opening the database. */
  WAREHOUSE,
  /** Opening the circuit. */
  SSH,
  /** Asking the API. */
  API,
  /** Writing rows. */
  ROWS,
  /** Writing the checkpoint. */
  CHECKPOINT;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

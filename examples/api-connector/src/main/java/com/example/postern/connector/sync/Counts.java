package com.example.postern.connector.sync;

import com.example.postern.connector.warehouse.Written;

/**
 * What a run did.
 *
 * @param written rows and schema
 * @param checkpoints how often the state was written
 */
public record Counts(Written written, long checkpoints) {
  /** Nothing. */
  public static final Counts NONE = new Counts(Written.NOTHING, 0);

  Counts plus(Written more) {
    return new Counts(written.plus(more), checkpoints);
  }

  Counts plusCheckpoint() {
    return new Counts(written, checkpoints + 1);
  }
}

package com.example.postern.connector.warehouse;

/**
 * What was done.
 *
 * @param upserts rows that were written
 * @param updates those of them that were there before, with other values
 * @param deletes rows that were marked as deleted
 * @param schemaChanges tables that were made, columns that were added or widened
 */
public record Written(long upserts, long updates, long deletes, long schemaChanges) {
  /** Nothing. */
  public static final Written NOTHING = new Written(0, 0, 0, 0);

  /** Both together. */
  public Written plus(Written other) {
    return new Written(
        upserts + other.upserts,
        updates + other.updates,
        deletes + other.deletes,
        schemaChanges + other.schemaChanges);
  }
}

package com.example.postern.connector.state;

import java.util.Optional;

/**
 * How far a source has been read, as of a commit of the warehouse.
 *
 * @param warehouse the warehouse that has the rows
 * @param sequence the commit; the warehouse counts too, and never is behind
 * @param since what was changed before this moment has been read
 * @param pass the reading that is not at its end
 */
public record Checkpoint(
    String warehouse, long sequence, Optional<String> since, Optional<Pass> pass) {

  /** Nothing read yet. */
  public static Checkpoint none(String warehouse) {
    return new Checkpoint(warehouse, 0, Optional.empty(), Optional.empty());
  }
}

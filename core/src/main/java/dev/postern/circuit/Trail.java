package dev.postern.circuit;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The ordered record of what happened on each hop, up to the moment it was asked for.
 *
 * @param entries in order
 */
public record Trail(List<TrailEntry> entries) {
  /** Copies the entries. */
  public Trail {
    entries = List.copyOf(entries);
  }

  /** One line for each entry. */
  @Override
  public String toString() {
    return entries.stream().map(TrailEntry::toString).collect(joining("\n"));
  }
}

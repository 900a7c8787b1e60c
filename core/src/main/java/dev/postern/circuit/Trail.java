package dev.postern.circuit;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The ordered record of what happened on each hop, up to the moment it was asked for.
 *
 * @param entries in order
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
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

package dev.postern.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a run, in the order in which each first appeared. Not for several threads. */
public final class Results {
  /**
   * What was not measured.
   *
   * @param measure of which table
   * @param what a peer, or a figure of it
   * @param reason why
   */
  public record LeftOut(String measure, String what, String reason) {}

  private record Key(String measure, String peer, String column) {}

  private final Map<Key, List<Double>> values = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** Adds a value to a figure. */
  public void add(String measure, String peer, String column, double value) {
    values.computeIfAbsent(new Key(measure, peer, column), key -> new ArrayList<>()).add(value);
  }

  /** Says that something was not measured; once is enough. */
  public void leaveOut(String measure, String what, String reason) {
    LeftOut entry = new LeftOut(measure, what, reason);
    if (!leftOut.contains(entry)) {
      leftOut.add(entry);
    }
  }

  /** Everything that was measured. */
  public List<Series> all() {
    return values.entrySet().stream()
        .map(
            entry -> {
              Key key = entry.getKey();
              return new Series(key.measure(), key.peer(), key.column(), entry.getValue());
            })
        .toList();
  }

  /** What was measured of a measure. */
  public List<Series> of(String measure) {
    return all().stream().filter(series -> series.measure().equals(measure)).toList();
  }

  /** One figure. */
  public Optional<Series> find(String measure, String peer, String column) {
    return of(measure).stream()
        .filter(series -> series.peer().equals(peer) && series.column().equals(column))
        .findFirst();
  }

  /** What was not measured. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }
}

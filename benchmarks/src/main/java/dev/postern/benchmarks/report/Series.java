package dev.postern.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All values of one figure of one peer, in the order of measuring.
 *
 * @param measure what was measured: a table
 * @param peer whose figure it is: a row
 * @param column which figure, with its unit: a column
 * @param values at least one
 */
public record Series(String measure, String peer, String column, List<Double> values) {
  /** Copies the values. */
  public Series {
    values = List.copyOf(values);
  }

  /** The middle one; of an even number, the mean of the two. */
  public double median() {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The least. */
  public double min() {
    return Collections.min(values);
  }

  /** The greatest. */
  public double max() {
    return Collections.max(values);
  }
}

package dev.postern.benchmarks.report;

import java.util.Locale;

/**
 * Something that must hold between figures of one run, whatever the machine.
 *
 * @param claim in words
 * @param value what was measured; not a number if it was not
 * @param bound what it must not pass
 * @param atMost whether the bound is the most, and not the least
 */
public record Check(String claim, double value, double bound, boolean atMost) {
  /** A figure that is no larger than a number. */
  public static Check most(
      Results results, String measure, String peer, String column, double bound) {
    return new Check(
        peer + ", " + measure + ", " + column, median(results, measure, peer, column), bound, true);
  }

  /** A figure of ours that is no larger than so many times another's. */
  public static Check most(
      Results results, String measure, String peer, String column, double times, String other) {
    return new Check(
        claim(measure, peer, column, other),
        ratio(results, measure, peer, column, other),
        times,
        true);
  }

  /** A figure of ours that is no smaller than so many times another's. */
  public static Check least(
      Results results, String measure, String peer, String column, double times, String other) {
    return new Check(
        claim(measure, peer, column, other),
        ratio(results, measure, peer, column, other),
        times,
        false);
  }

  /** Whether it holds. */
  public boolean holds() {
    return atMost ? value <= bound : value >= bound;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s  %s: %.2f (%s %.2f)",
        holds() ? "ok  " : "FAIL",
        claim,
        value,
        atMost ? "at most" : "at least",
        bound);
  }

  private static String claim(String measure, String peer, String column, String other) {
    return peer + " / " + other + ", " + measure + ", " + column;
  }

  private static double ratio(
      Results results, String measure, String peer, String column, String other) {
    return median(results, measure, peer, column) / median(results, measure, other, column);
  }

  private static double median(Results results, String measure, String peer, String column) {
    return results.find(measure, peer, column).map(Series::median).orElse(Double.NaN);
  }
}

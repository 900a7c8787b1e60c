package dev.postern.benchmarks.report;

/** Counts round trips from what a longer link costs. */
public final class RoundTrips {
  private RoundTrips() {}

  /**
   * The round trips between two measurements of the same thing: what is no latency cancels.
   *
   * @param shortTime with the short link, milliseconds
   * @param longTime with the long link, milliseconds
   * @param shortDelay of the short link one way, milliseconds
   * @param longDelay of the long link one way, milliseconds
   */
  public static double count(
      double shortTime, double longTime, double shortDelay, double longDelay) {
    return (longTime - shortTime) / (2 * (longDelay - shortDelay));
  }
}

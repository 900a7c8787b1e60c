package dev.postern.benchmarks.measure;

/**
 * How much is done.
 *
 * @param quick whether it is for checks alone
 * @param maxHops in a row
 * @param warmups of connections before the first that counts
 * @param connections that count
 * @param distance over long links
 * @param bulk of transfers
 * @param repetitions of everything else
 * @param targets behind one jump, in the largest crowd
 */
public record Effort(
    boolean quick,
    int maxHops,
    int warmups,
    int connections,
    Distance distance,
    Bulk bulk,
    int repetitions,
    int targets) {

  /**
   * Long links.
   *
   * @param connections at each length
   * @param near milliseconds one way
   * @param far milliseconds one way
   */
  public record Distance(int connections, int near, int far) {}

  /**
   * Transfers.
   *
   * @param mib in each
   * @param warmupMib before the first that counts
   * @param transfers each way
   */
  public record Bulk(int mib, int warmupMib, int transfers) {}

  /** For tables. */
  public static Effort full() {
    return new Effort(false, 4, 10, 15, new Distance(3, 25, 125), new Bulk(512, 768, 5), 5, 1000);
  }

  /** For ratios within one run. */
  public static Effort brief() {
    return new Effort(true, 2, 5, 9, new Distance(2, 20, 120), new Bulk(192, 384, 3), 3, 100);
  }
}

package dev.postern.benchmarks.measure;

/**
 * How much is done.
 *
 * @param quick whether it is for checks alone
 * @param warmups of connections before the first that counts
 * @param connections that count
 * @param distantConnections over long links, at each length
 * @param shortDelay one way, milliseconds
 * @param longDelay one way, milliseconds
 * @param maxHops in a row
 * @param bulkMib in a transfer
 * @param bulkWarmupMib before the first transfer that counts
 * @param transfers each way
 */
public record Effort(
    boolean quick,
    int warmups,
    int connections,
    int distantConnections,
    int shortDelay,
    int longDelay,
    int maxHops,
    int bulkMib,
    int bulkWarmupMib,
    int transfers) {
  /** For tables. */
  public static Effort full() {
    return new Effort(false, 10, 15, 4, 25, 75, 4, 512, 768, 5);
  }

  /** For ratios within one run. */
  public static Effort brief() {
    return new Effort(true, 5, 7, 3, 20, 60, 2, 256, 512, 3);
  }
}

package dev.postern.benchmarks.bed;

/** Where a server is reached. */
public record Hop(String host, int port) {
  /** As requests of the contract write it. */
  public static Hop parse(String word) {
    int colon = word.lastIndexOf(':');
    return new Hop(word.substring(0, colon), Integer.parseInt(word.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.SourceSink;
import dev.postern.benchmarks.bed.SourceSink.Direction;
import java.io.IOException;
import java.util.Locale;

/**
 * MiB/s through a forward, CPU seconds of the whole client for each GiB, and what it allocates for
 * that; each peer with its own defaults, against a server with its own.
 */
public final class BulkMeasure implements Measure {
  /** Its tables: one for each number of hops. */
  public static final String NAME = "bulk";

  /** The table of what is allocated meanwhile. */
  public static final String ALLOCATION = "allocation";

  private static final int MOST_HOPS = 3;
  private static final long MIB = 1 << 20;

  /** Peers that do less than this would hold the others up. */
  private static final double SLOW_MIB_PER_SECOND = 60;

  private static final long WARMUP = 32 * MIB;
  private static final long WARMUP_NANOS = 6_000_000_000L;

  /** The table of a number of hops. */
  public static String table(int hops) {
    return NAME + ", " + RoundTripsMeasure.column(hops);
  }

  /** The rate of a direction. */
  public static String rate(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT) + ", MiB/s";
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    for (int hops = 1; hops <= Math.min(MOST_HOPS, run.effort().maxHops()); hops++) {
      run(run, hops);
    }
  }

  private static void run(Run run, int hops) throws IOException, InterruptedException {
    String table = table(hops);
    for (Direction direction : Direction.values()) {
      raw(run, table, direction);
    }
    try (Turns turns = new Turns(table, run.contestants(), run)) {
      Ports ports = new Ports();
      turns.take(
          1,
          (name, client) -> {
            int port = client.forward(run.bed().near(hops), run.bed().sourceSink());
            ports.put(name, port, size(run, port));
          });
      for (int i = 0; i < run.effort().bulk().transfers(); i++) {
        for (Direction direction : Direction.values()) {
          turns.take(1, (name, client) -> transfer(run, table, direction, name, client, ports));
        }
      }
      turns.take(1, (name, client) -> memory(run, table, name, client));
    }
  }

  /** Without SSH: what this machine can do. */
  private static void raw(Run run, String table, Direction direction) throws IOException {
    long bytes = run.effort().bulk().mib() * MIB;
    double seconds = SourceSink.transfer(run.bed().sourceSink().port(), direction, bytes);
    run.results().add(table, "loopback", rate(direction), bytes / seconds / MIB);
  }

  /** Warms a client up, and gives how many bytes it moves at a time. */
  private static long size(Run run, int port) throws IOException {
    double slowest = Double.MAX_VALUE;
    for (Direction direction : Direction.values()) {
      slowest = Math.min(slowest, warmUp(run, port, direction));
    }
    long usual = run.effort().bulk().mib() * MIB;
    return slowest < SLOW_MIB_PER_SECOND ? usual / 8 : usual;
  }

  /** How fast it is in the end: a JVM that has just begun says nothing of what it will do. */
  private static double warmUp(Run run, int port, Direction direction) throws IOException {
    long left = run.effort().bulk().warmupMib() / 2 * MIB;
    long begun = System.nanoTime();
    double rate = 0;
    while (left > 0 && System.nanoTime() - begun < WARMUP_NANOS) {
      rate = WARMUP / SourceSink.transfer(port, direction, WARMUP) / MIB;
      left -= WARMUP;
    }
    return rate;
  }

  private static void transfer(
      Run run, String table, Direction direction, String name, Client client, Ports ports)
      throws IOException, ClientException, InterruptedException {
    long bytes = ports.bytes(name);
    double gib = bytes / (1024.0 * MIB);
    String words = direction.name().toLowerCase(Locale.ROOT);
    double before = client.tree().usage().cpuSeconds();
    long allocatedBefore = client.isJava() ? client.allocated() : 0;
    double seconds = SourceSink.transfer(ports.port(name), direction, bytes);
    if (client.isJava()) {
      double allocated = client.allocated() - allocatedBefore;
      run.results().add(ALLOCATION, name, table + " " + words + ", GiB/GiB", allocated / bytes);
    }
    double cpu = client.tree().usage().cpuSeconds() - before;
    run.results().add(table, name, rate(direction), bytes / seconds / MIB);
    run.results().add(table, name, words + ", CPU s/GiB", cpu / gib);
  }

  private static void memory(Run run, String table, String name, Client client) {
    run.results().add(table, name, "peak MiB", client.tree().usage().peakMib());
  }
}

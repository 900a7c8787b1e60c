package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.measure.ProcessTree.Usage;
import java.util.concurrent.TimeUnit;

/** Looks at processes now and then, and keeps the most that it saw. */
final class Peak implements AutoCloseable {
  private static final int INTERVAL_MILLIS = 50;

  private final ProcessTree tree;
  private final Thread thread;
  private volatile Usage most = new Usage(0, 0, 0, 0);

  Peak(ProcessTree tree) {
    this.tree = tree;
    this.thread = new Thread(this::look, "peak");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (true) {
        Usage now = tree.usage();
        Usage before = most;
        most =
            new Usage(
                Math.max(before.cpuSeconds(), now.cpuSeconds()),
                Math.max(before.residentMib(), now.residentMib()),
                Math.max(before.peakMib(), now.peakMib()),
                Math.max(before.threads(), now.threads()));
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** The most so far, with the CPU time as it is known otherwise. */
  Usage with(double cpuSeconds) {
    Usage seen = most;
    return new Usage(cpuSeconds, seen.residentMib(), seen.peakMib(), seen.threads());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

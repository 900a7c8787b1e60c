package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.util.List;

/**
 * Milliseconds from before the first connect to the first byte of a command, on loopback, in
 * processes that have done it before; {@code ssh} has no such form, and is a new process each time.
 */
public final class FirstByteMeasure implements Measure {
  /** Its table. */
  public static final String NAME = "first-byte";

  /** The time over a number of hops. */
  public static String column(int hops) {
    return hops + (hops == 1 ? " hop, ms" : " hops, ms");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    Effort effort = run.effort();
    try (Turns turns = new Turns(NAME, run.contestants(), run)) {
      for (int hops = 1; hops <= effort.maxHops(); hops++) {
        List<Hop> chain = run.bed().near(hops);
        String column = column(hops);
        turns.take(effort.warmups(), (name, client) -> client.firstByte(chain));
        turns.take(
            effort.connections(),
            (name, client) -> run.results().add(NAME, name, column, client.firstByte(chain)));
      }
    }
  }
}

package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import dev.postern.benchmarks.report.Results;
import dev.postern.benchmarks.report.RoundTrips;
import dev.postern.benchmarks.report.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Round trips until the first byte of a command. The link before the first server, which everything
 * crosses, is longer and shorter; the slope is the count. Its TCP connect takes no time, so it does
 * not count. Then every link is as long as the short one, as over a real distance.
 */
public final class RoundTripsMeasure implements Measure {
  /** Its table. */
  public static final String NAME = "round-trips";

  private static final String DISTANCE = "distance";

  /** The count for a number of hops. */
  public static String column(int hops) {
    return hops + (hops == 1 ? " hop" : " hops");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    Effort effort = run.effort();
    // The times are no result by themselves.
    Results times = new Results();
    try (Turns turns = new Turns(NAME, run.contestants(), run)) {
      turns.take(effort.warmups(), (name, client) -> client.firstByte(run.bed().near(1)));
      for (int hops = 1; hops <= effort.maxHops(); hops++) {
        List<Hop> chain = run.bed().far(hops);
        String column = column(hops);
        for (int delay : List.of(effort.shortDelay(), effort.longDelay())) {
          run.bed().delays(Duration.ofMillis(delay), Duration.ZERO);
          turns.take(
              effort.distantConnections(),
              (name, client) -> times.add(column, name, "" + delay, client.firstByte(chain)));
        }
        run.bed()
            .delays(Duration.ofMillis(effort.shortDelay()), Duration.ofMillis(effort.shortDelay()));
        if (!effort.quick()) {
          String column2 =
              column + ", ms with " + effort.shortDelay() + " ms each way at every link";
          turns.take(
              effort.distantConnections(),
              (name, client) ->
                  run.results().add(DISTANCE, name, column2, client.firstByte(chain)));
        }
        count(run, times, column);
      }
    } finally {
      run.bed().delays(Duration.ZERO, Duration.ZERO);
    }
  }

  /** From the fastest of each, which were disturbed least. */
  private static void count(Run run, Results times, String column) {
    Effort effort = run.effort();
    for (Contestant contestant : run.contestants()) {
      String name = contestant.name();
      var near = times.find(column, name, "" + effort.shortDelay()).map(Series::min);
      var far = times.find(column, name, "" + effort.longDelay()).map(Series::min);
      if (near.isPresent() && far.isPresent()) {
        double count =
            RoundTrips.count(near.get(), far.get(), effort.shortDelay(), effort.longDelay());
        run.results().add(NAME, name, column, count);
      }
    }
  }
}

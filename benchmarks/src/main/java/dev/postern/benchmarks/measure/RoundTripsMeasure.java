package dev.postern.benchmarks.measure;

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
    try (Turns turns = new Turns(NAME, run.contestants(), run)) {
      turns.take(run.effort().warmups(), (name, client) -> client.firstByte(run.bed().near(1)));
      for (int hops = 1; hops <= run.effort().maxHops(); hops++) {
        count(run, turns, hops);
        if (!run.effort().quick()) {
          measureDistance(run, turns, hops);
        }
      }
    } finally {
      run.bed().delays(Duration.ZERO, Duration.ZERO);
    }
  }

  private static void count(Run run, Turns turns, int hops)
      throws IOException, InterruptedException {
    Effort.Distance distance = run.effort().distance();
    // The times are no result by themselves.
    Results times = new Results();
    for (int delay : List.of(distance.near(), distance.far())) {
      run.bed().delays(Duration.ofMillis(delay), Duration.ZERO);
      turns.take(
          distance.connections(),
          (name, client) ->
              times.add("", name, column(delay), client.firstByte(run.bed().far(hops))));
    }
    for (Contestant contestant : run.contestants()) {
      String name = contestant.name();
      // The fastest of each were disturbed least.
      var near = times.find("", name, column(distance.near())).map(Series::min);
      var far = times.find("", name, column(distance.far())).map(Series::min);
      if (near.isPresent() && far.isPresent()) {
        double count = RoundTrips.count(near.get(), far.get(), distance.near(), distance.far());
        run.results().add(NAME, name, column(hops), count);
      }
    }
  }

  private static void measureDistance(Run run, Turns turns, int hops)
      throws IOException, InterruptedException {
    Effort.Distance distance = run.effort().distance();
    Duration each = Duration.ofMillis(distance.near());
    run.bed().delays(each, each);
    String table = "distance: ms with every link " + distance.near() + " ms each way";
    turns.take(
        distance.connections(),
        (name, client) ->
            run.results().add(table, name, column(hops), client.firstByte(run.bed().far(hops))));
  }
}

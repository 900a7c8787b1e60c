package dev.postern.benchmarks;

import static dev.postern.benchmarks.measure.Contestants.MINA;
import static dev.postern.benchmarks.measure.Contestants.POSTERN;

import dev.postern.benchmarks.bed.SourceSink.Direction;
import dev.postern.benchmarks.measure.BulkMeasure;
import dev.postern.benchmarks.measure.FirstByteMeasure;
import dev.postern.benchmarks.measure.IdleMeasure;
import dev.postern.benchmarks.measure.RequestsMeasure;
import dev.postern.benchmarks.measure.RoundTripsMeasure;
import dev.postern.benchmarks.measure.TargetsMeasure;
import dev.postern.benchmarks.report.Check;
import dev.postern.benchmarks.report.Results;
import dev.postern.benchmarks.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What must hold in quick mode: ratios within the run, with room for a busy machine. They tell that
 * something was lost, not that something was won.
 */
final class Checks {
  private final Results results;
  private final List<Check> checks = new ArrayList<>();

  private Checks(Results results) {
    this.results = results;
  }

  /** Those of the measures that were run. */
  static List<Check> of(Results results, Set<String> measures) {
    Checks checks = new Checks(results);
    if (measures.contains(RoundTripsMeasure.NAME)) {
      checks.roundTrips();
    }
    if (measures.contains(FirstByteMeasure.NAME)) {
      checks.most(FirstByteMeasure.NAME, FirstByteMeasure.column(1), 0.8);
      checks.most(FirstByteMeasure.NAME, FirstByteMeasure.column(2), 0.8);
    }
    if (measures.contains(BulkMeasure.NAME)) {
      for (Direction direction : Direction.values()) {
        checks.least(BulkMeasure.table(1), BulkMeasure.rate(direction), 1.5);
        checks.least(BulkMeasure.table(2), BulkMeasure.rate(direction), 1.5);
      }
    }
    if (measures.contains(TargetsMeasure.NAME)) {
      String table = TargetsMeasure.table(100);
      // MINA exchanges keys without post-quantum: see the README.
      checks.add(Check.most(results, table, TargetsMeasure.RUN, TargetsMeasure.SECONDS, 2, MINA));
      checks.add(Check.most(results, table, POSTERN, TargetsMeasure.SECONDS, 3, MINA));
    }
    if (measures.contains(RequestsMeasure.NAME) && !results.of(RequestsMeasure.KEPT).isEmpty()) {
      checks.least(RequestsMeasure.KEPT, RequestsMeasure.RATE, 0.6);
      checks.least(RequestsMeasure.CLOSED, RequestsMeasure.RATE, 0.8);
    }
    if (measures.contains(IdleMeasure.NAME)) {
      // Heap is no time: what is allowed is what was promised.
      checks.add(Check.most(results, IdleMeasure.NAME, POSTERN, IdleMeasure.HEAP, 100));
    }
    return checks.checks;
  }

  private void roundTrips() {
    String measure = RoundTripsMeasure.NAME;
    add(Check.most(results, measure, POSTERN, RoundTripsMeasure.column(1), 5));
    double first = value(measure, RoundTripsMeasure.column(1));
    double second = value(measure, RoundTripsMeasure.column(2));
    add(new Check("postern, round-trips, the second hop alone", second - first, 3, true));
  }

  private double value(String measure, String column) {
    return results.find(measure, POSTERN, column).map(Series::median).orElse(Double.NaN);
  }

  private void most(String measure, String column, double times) {
    add(Check.most(results, measure, POSTERN, column, times, MINA));
  }

  private void least(String measure, String column, double times) {
    add(Check.least(results, measure, POSTERN, column, times, MINA));
  }

  private void add(Check check) {
    checks.add(check);
  }
}

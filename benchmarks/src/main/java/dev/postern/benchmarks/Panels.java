package dev.postern.benchmarks;

import dev.postern.benchmarks.bed.SourceSink.Direction;
import dev.postern.benchmarks.measure.BulkMeasure;
import dev.postern.benchmarks.measure.ColdStartMeasure;
import dev.postern.benchmarks.measure.FirstByteMeasure;
import dev.postern.benchmarks.measure.RequestsMeasure;
import dev.postern.benchmarks.measure.RoundTripsMeasure;
import dev.postern.benchmarks.measure.TargetsMeasure;
import dev.postern.benchmarks.report.Plot.Panel;
import java.util.List;

/** What the plot of the README shows. */
final class Panels {
  static final List<Panel> ALL =
      List.of(
          less(
              "Round trips to first byte, 2 hops",
              RoundTripsMeasure.NAME,
              RoundTripsMeasure.column(2)),
          less(
              "First byte over 4 hops, warm, ms",
              FirstByteMeasure.NAME,
              FirstByteMeasure.column(4)),
          more("Download, 1 hop, MiB/s", BulkMeasure.table(1), BulkMeasure.rate(Direction.DOWN)),
          more("Upload, 1 hop, MiB/s", BulkMeasure.table(1), BulkMeasure.rate(Direction.UP)),
          more("Download, 2 hops, MiB/s", BulkMeasure.table(2), BulkMeasure.rate(Direction.DOWN)),
          more("Upload, 2 hops, MiB/s", BulkMeasure.table(2), BulkMeasure.rate(Direction.UP)),
          more("Requests/s, 500 kept connections", RequestsMeasure.KEPT, RequestsMeasure.RATE),
          less("Their p99, ms", RequestsMeasure.KEPT, RequestsMeasure.P99),
          less(
              "200 targets through one jump, s", TargetsMeasure.table(200), TargetsMeasure.SECONDS),
          less(
              "Cold command, 1 hop, to its end, ms", ColdStartMeasure.NAME, ColdStartMeasure.EXIT));

  private Panels() {}

  private static Panel less(String title, String measure, String column) {
    return new Panel(title, measure, column, true);
  }

  private static Panel more(String title, String measure, String column) {
    return new Panel(title, measure, column, false);
  }
}

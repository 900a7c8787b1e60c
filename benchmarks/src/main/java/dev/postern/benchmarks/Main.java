package dev.postern.benchmarks;

import dev.postern.benchmarks.bed.Bed;
import dev.postern.benchmarks.measure.BulkMeasure;
import dev.postern.benchmarks.measure.Contestant;
import dev.postern.benchmarks.measure.Contestants;
import dev.postern.benchmarks.measure.Effort;
import dev.postern.benchmarks.measure.FirstByteMeasure;
import dev.postern.benchmarks.measure.Measure;
import dev.postern.benchmarks.measure.RoundTripsMeasure;
import dev.postern.benchmarks.report.Results;
import dev.postern.benchmarks.report.Table;
import java.nio.file.Path;
import java.util.List;

/** What {@code benchmarks/run} starts. */
public final class Main {
  private static final List<Measure> MEASURES =
      List.of(new RoundTripsMeasure(), new FirstByteMeasure(), new BulkMeasure());

  private Main() {}

  /** Takes the folder of the checkout, then what the user said. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    List<String> words = List.of(arguments).subList(1, arguments.length);
    boolean quick = words.contains("--quick");
    List<String> names = words.stream().filter(word -> !word.startsWith("--")).toList();
    Results results = new Results();
    Contestants contestants = new Contestants(home.resolve("benchmarks/peers"), quick, results);
    List<Contestant> all = contestants.all();
    try (Bed bed = Bed.make()) {
      for (Measure measure : MEASURES) {
        if (names.isEmpty() || names.contains(measure.name())) {
          measure.run(new Measure.Run(bed, all, quick ? Effort.brief() : Effort.full(), results));
          results.all().stream()
              .map(series -> series.measure())
              .distinct()
              .forEach(name -> System.out.println(Table.of(results, name)));
        }
      }
    }
    System.exit(0);
  }
}

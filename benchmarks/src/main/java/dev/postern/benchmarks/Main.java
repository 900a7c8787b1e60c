package dev.postern.benchmarks;

import dev.postern.benchmarks.bed.Bed;
import dev.postern.benchmarks.measure.BulkMeasure;
import dev.postern.benchmarks.measure.ColdStartMeasure;
import dev.postern.benchmarks.measure.Contestant;
import dev.postern.benchmarks.measure.Contestants;
import dev.postern.benchmarks.measure.Effort;
import dev.postern.benchmarks.measure.FirstByteMeasure;
import dev.postern.benchmarks.measure.IdleMeasure;
import dev.postern.benchmarks.measure.Measure;
import dev.postern.benchmarks.measure.MethodsMeasure;
import dev.postern.benchmarks.measure.RequestsMeasure;
import dev.postern.benchmarks.measure.RoundTripsMeasure;
import dev.postern.benchmarks.measure.TargetsMeasure;
import dev.postern.benchmarks.report.Check;
import dev.postern.benchmarks.report.Json;
import dev.postern.benchmarks.report.Machine;
import dev.postern.benchmarks.report.Plot;
import dev.postern.benchmarks.report.Results;
import dev.postern.benchmarks.report.Series;
import dev.postern.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code benchmarks/run} starts. */
public final class Main {
  /** What a quick run does unless told otherwise; the others take longer, or have no ratio. */
  private static final Set<String> QUICK =
      Set.of(
          RoundTripsMeasure.NAME,
          FirstByteMeasure.NAME,
          BulkMeasure.NAME,
          TargetsMeasure.NAME,
          RequestsMeasure.NAME,
          IdleMeasure.NAME);

  private final Arguments arguments;
  private final List<Measure> measures;
  private final Results results = new Results();
  private final Set<String> told = new HashSet<>();

  private Main(Arguments arguments, List<Measure> all) {
    this.arguments = arguments;
    this.measures =
        all.stream()
            .filter(
                measure ->
                    arguments.measures().isEmpty()
                        ? !arguments.quick() || QUICK.contains(measure.name())
                        : arguments.measures().contains(measure.name()))
            .toList();
  }

  /** Takes the folder of the checkout, then what the user said. */
  public static void main(String[] words) throws Exception {
    Path launcher = Path.of(words[0]).resolve("postern");
    List<Measure> all =
        List.of(
            new RoundTripsMeasure(),
            new FirstByteMeasure(),
            new BulkMeasure(),
            new ColdStartMeasure(launcher),
            new TargetsMeasure(launcher),
            new RequestsMeasure(),
            new IdleMeasure(),
            new MethodsMeasure());
    List<String> names = all.stream().map(Measure::name).toList();
    Optional<Arguments> arguments = Arguments.parse(List.of(words), names);
    if (arguments.isEmpty()) {
      System.err.println(Arguments.USAGE.formatted(String.join(" ", names)));
      System.exit(2);
    }
    boolean holds = new Main(arguments.get(), all).run();
    System.exit(holds ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    Map<String, Object> machine = Machine.facts();
    machine.forEach((name, fact) -> System.out.println(name + ": " + fact));
    Map<String, Object> versions = Machine.versions(arguments.home());
    versions.forEach((name, version) -> System.out.println(name + " " + version));
    Path scripts = arguments.home().resolve("benchmarks/peers");
    List<Contestant> contestants =
        new Contestants(scripts, arguments.quick(), results)
            .all().stream().filter(this::takesPart).toList();
    Effort effort = arguments.quick() ? Effort.brief() : Effort.full();
    try (Bed bed = Bed.make()) {
      for (Measure measure : measures) {
        measure.run(new Measure.Run(bed, contestants, effort, results));
        tell();
      }
    }
    if (arguments.folder().isPresent()) {
      write(arguments.folder().get(), machine, versions);
    }
    return !arguments.quick() || check();
  }

  private boolean takesPart(Contestant contestant) {
    return arguments.peers().isEmpty() || arguments.peers().contains(contestant.name());
  }

  /** The tables that are new. */
  private void tell() {
    Set<String> tables = new LinkedHashSet<>();
    results.all().stream().map(Series::measure).forEach(tables::add);
    results.leftOut().stream().map(Results.LeftOut::measure).forEach(tables::add);
    for (String table : tables) {
      if (told.add(table)) {
        System.out.println();
        System.out.print(Table.of(results, table));
      }
    }
  }

  private void write(Path folder, Map<String, Object> machine, Map<String, Object> versions)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("results.json"), Json.of(results, arguments.quick(), machine, versions));
    Files.writeString(
        folder.resolve("results.svg"), Plot.of(results, Panels.ALL, Contestants.POSTERN));
  }

  private boolean check() {
    Set<String> names = measures.stream().map(Measure::name).collect(Collectors.toSet());
    List<Check> checks = Checks.of(results, names);
    System.out.println();
    checks.forEach(System.out::println);
    return checks.stream().allMatch(Check::holds);
  }
}

package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Bed;
import dev.postern.benchmarks.report.Results;
import java.io.IOException;
import java.util.List;

/** Something that is measured. Takes turns: each peer once, then each once more, and so on. */
public interface Measure {
  /** As the command line and the tables have it. */
  String name();

  /** Measures everybody. What a peer cannot do is left out, with its reason. */
  void run(Run run) throws IOException, InterruptedException;

  /**
   * What a measure works with.
   *
   * @param contestants us first
   * @param results where figures go
   */
  record Run(Bed bed, List<Contestant> contestants, Effort effort, Results results) {
    /** The same, whose figures go nowhere. */
    Run forNothing() {
      return new Run(bed, contestants, effort, new Results());
    }
  }
}

package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.util.List;

/**
 * What a further circuit costs that does nothing, behind a jump that is open: heap after a
 * collection, resident memory, threads.
 */
public final class IdleMeasure implements Measure {
  /** Its table. */
  public static final String NAME = "idle";

  /** The judged figure. */
  public static final String HEAP = "heap KiB/circuit";

  private static final int FEW = 10;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    int many = run.effort().quick() ? 50 : 200;
    Hop jump = run.bed().near(1).get(0);
    List<Contestant> able =
        run.contestants().stream()
            .filter(contestant -> contestant.kind() != Contestant.Kind.STARTER)
            .toList();
    for (Contestant contestant : able) {
      try (Turns alone = new Turns(NAME, List.of(contestant), run)) {
        alone.take(
            1,
            (name, client) -> {
              client.hold(jump, run.bed().targets(FEW));
              long heap = client.isJava() ? client.heap() : 0;
              ProcessTree.Usage before = client.tree().usage();
              client.hold(jump, run.bed().targets(many));
              if (client.isJava()) {
                run.results().add(NAME, name, HEAP, (client.heap() - heap) / 1024.0 / many);
              }
              ProcessTree.Usage after = client.tree().usage();
              double resident = (after.residentMib() - before.residentMib()) * 1024 / many;
              run.results().add(NAME, name, "resident KiB/circuit", resident);
              run.results().add(NAME, name, "resident MiB with " + FEW, before.residentMib());
              run.results().add(NAME, name, "threads with " + FEW, before.threads());
              run.results().add(NAME, name, "threads with " + many + " more", after.threads());
            });
      }
    }
  }
}

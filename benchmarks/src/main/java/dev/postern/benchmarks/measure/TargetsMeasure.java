package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One command on many targets through one jump, some at a time, from a cold process to its end:
 * time, CPU, memory and threads. {@code ssh -J} connects to the jump anew for each.
 */
public final class TargetsMeasure implements Measure {
  /** Its tables: one for each number of targets. */
  public static final String NAME = "targets";

  /** The command's row; the library's is {@link Contestants#POSTERN}. */
  public static final String RUN = "postern run";

  /** The judged figure. */
  public static final String SECONDS = "s";

  private static final int PARALLEL = 32;
  private static final int FEW = 200;

  private final Path launcher;

  /** Takes the command of the checkout. */
  public TargetsMeasure(Path launcher) {
    this.launcher = launcher;
  }

  /** The table of a number of targets. */
  public static String table(int targets) {
    return targets + " targets";
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    int few = Math.min(FEW, run.effort().targets());
    run(run, few, run.effort().quick() ? 2 : 3);
    if (run.effort().targets() > few) {
      run(run, run.effort().targets(), 1);
    }
  }

  private void run(Run run, int count, int repetitions) throws IOException, InterruptedException {
    PosternCommand postern = PosternCommand.of(launcher, run.bed(), count);
    postern.makeArchive();
    List<Contestant> left = new ArrayList<>(run.contestants());
    for (int i = 0; i < repetitions; i++) {
      command(run, postern, count);
      // A connection to the jump for each target takes minutes: once will do.
      boolean patient = i == 0 && count <= FEW && !run.effort().quick();
      left.removeIf(each -> each.kind() == Contestant.Kind.STARTER && !patient);
      for (Contestant contestant : List.copyOf(left)) {
        if (!library(run, contestant, count)) {
          left.remove(contestant);
        }
      }
    }
  }

  private static void command(Run run, PosternCommand postern, int count)
      throws IOException, InterruptedException {
    List<String> line = postern.line("run", "-g", "crowd", "--", "echo", "x");
    Cold cold = Cold.run(line, postern.environment());
    add(run, RUN, count, cold.exitMillis() / 1000, cold.usage());
  }

  private static boolean library(Run run, Contestant contestant, int count)
      throws IOException, InterruptedException {
    Hop jump = run.bed().near(1).get(0);
    List<Hop> targets = run.bed().targets(count);
    double before = ProcessTree.ofEnded();
    long begin = System.nanoTime();
    Client client = Client.start(contestant, run.bed().folder());
    try (Peak peak = new Peak(client.tree())) {
      int done = client.targets(PARALLEL, jump, targets);
      client.close();
      if (done != count) {
        throw new ClientException("only " + done + " of them succeeded");
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      add(run, contestant.name(), count, seconds, peak.with(ProcessTree.ofEnded() - before));
      return true;
    } catch (ClientException e) {
      run.results().leaveOut(table(count), contestant.name(), String.valueOf(e.getMessage()));
      return false;
    } finally {
      client.close();
    }
  }

  private static void add(
      Run run, String name, int count, double seconds, ProcessTree.Usage usage) {
    run.results().add(table(count), name, SECONDS, seconds);
    run.results().add(table(count), name, "CPU s", usage.cpuSeconds());
    run.results().add(table(count), name, "peak MiB", usage.residentMib());
    run.results().add(table(count), name, "threads", usage.threads());
  }
}

package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds of a command from nothing: to its first byte and to its end. Libraries are started,
 * do one connection and end.
 */
public final class ColdStartMeasure implements Measure {
  /** Its table. */
  public static final String NAME = "cold-start";

  /** The judged figure. */
  public static final String EXIT = "1 hop exit, ms";

  /** The launcher with nothing to do. */
  public static final String HELP = "--help, ms";

  /** A Java that says hello. */
  public static final String HELLO = "java hello";

  private final Path launcher;

  /** Takes the command of the checkout. */
  public ColdStartMeasure(Path launcher) {
    this.launcher = launcher;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Run run) throws IOException, InterruptedException {
    PosternCommand postern = PosternCommand.of(launcher, run.bed(), 1);
    if (!postern.makeArchive()) {
      run.results().leaveOut(NAME, "the archive of classes", "none was made: these are without");
    }
    for (int i = 0; i < run.effort().repetitions() + 1; i++) {
      // The first run of each warms the file cache.
      Run counted = i > 0 ? run : run.forNothing();
      help(counted, postern);
      for (int hops = 1; hops <= 2; hops++) {
        commands(counted, postern, hops);
      }
      libraries(counted);
    }
  }

  private static void help(Run run, PosternCommand postern)
      throws IOException, InterruptedException {
    add(run, "postern", HELP, Cold.run(postern.line("--help"), postern.environment()));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> hello =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.postern.benchmarks.peer.Hello");
    add(run, HELLO, HELP, Cold.run(hello, Map.of()));
  }

  private static void add(Run run, String name, String column, Cold cold) {
    run.results().add(NAME, name, column, cold.exitMillis());
  }

  private static void commands(Run run, PosternCommand postern, int hops)
      throws IOException, InterruptedException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("postern", postern.line("exec", "hops" + hops, "--", "echo", "x"));
    commands.put(Contestants.SSH, ssh(run, hops, List.of()));
    commands.put(
        Contestants.SSH_CURVE25519, ssh(run, hops, List.of("-oKexAlgorithms=curve25519-sha256")));
    String words = hops + (hops == 1 ? " hop " : " hops ");
    for (var entry : commands.entrySet()) {
      Cold cold = Cold.run(entry.getValue(), postern.environment());
      String name = entry.getKey();
      run.results().add(NAME, name, words + "first byte, ms", cold.firstByteMillis());
      run.results().add(NAME, name, words + "exit, ms", cold.exitMillis());
      // That of ssh -J does not have its children, which outlive it.
      if (hops == 1) {
        run.results().add(NAME, name, "CPU, ms", cold.usage().cpuSeconds() * 1000);
        run.results().add(NAME, name, "peak MiB", cold.usage().peakMib());
      }
    }
  }

  private static List<String> ssh(Run run, int hops, List<String> options) {
    List<Hop> chain = run.bed().near(hops);
    Hop last = chain.get(hops - 1);
    List<String> command = new ArrayList<>(List.of("ssh", "-F"));
    command.add(run.bed().folder().resolve("ssh_config").toString());
    command.addAll(options);
    if (hops > 1) {
      command.addAll(List.of("-J", chain.get(0).toString()));
    }
    command.addAll(List.of("-p", String.valueOf(last.port()), last.host(), "echo x"));
    return command;
  }

  private static void libraries(Run run) throws IOException, InterruptedException {
    if (run.effort().quick()) {
      return;
    }
    for (Contestant contestant : run.contestants()) {
      if (contestant.kind() == Contestant.Kind.STARTER) {
        continue;
      }
      String name = contestant.name() + " (library)";
      double before = ProcessTree.ofEnded();
      long begin = System.nanoTime();
      try {
        try (Client client = Client.start(contestant, run.bed().folder())) {
          client.firstByte(run.bed().near(1));
        }
        run.results().add(NAME, name, EXIT, (System.nanoTime() - begin) / 1e6);
        run.results().add(NAME, name, "CPU, ms", (ProcessTree.ofEnded() - before) * 1000);
      } catch (ClientException e) {
        run.results().leaveOut(NAME, name, String.valueOf(e.getMessage()));
      }
    }
  }
}

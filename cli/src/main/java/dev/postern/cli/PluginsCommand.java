package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern plugins}. */
@Command(
    name = "plugins",
    description = "Lists the installed plugins.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Report in JSON.")
  private boolean json;

  PluginsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Postern postern = Postern.builder().environment(console.environment()).build()) {
      if (json) {
        console.printJson(
            Map.of(
                "plugins",
                Json.plugins(postern.plugins()),
                "problems",
                Json.problems(postern.pluginProblems())));
        return 0;
      }
      console.print("%-10s %-14s %-18s %s".formatted("KIND", "TYPE", "VERSION", "LOCATION"));
      for (InstalledPlugin plugin : postern.plugins()) {
        console.print(
            "%-10s %-14s %-18s %s"
                .formatted(plugin.kind(), plugin.type(), plugin.version(), plugin.location()));
      }
      postern.pluginProblems().stream().map(ConfigProblem::toString).forEach(console::say);
      return 0;
    }
  }
}

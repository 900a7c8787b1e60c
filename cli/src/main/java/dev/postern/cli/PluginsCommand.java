package dev.postern.cli;

import dev.postern.core.person.AbsentPerson;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code postern plugins}. */
@Command(name = "plugins", description = "Lists the plugins that are installed.")
final class PluginsCommand extends ReportingCommand {
  PluginsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    try (Routes routes = surroundings().loader().load(Optional.empty(), new AbsentPerson())) {
      List<ConfigProblem> problems = routes.pluginProblems();
      tell(routes.plugins(), problems);
      return problems.isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEMS;
    }
  }

  private void tell(List<InstalledPlugin> plugins, List<ConfigProblem> problems) {
    if (json()) {
      surroundings()
          .printer()
          .println(
              Json.text(
                  Map.of(
                      "ok", problems.isEmpty(),
                      "plugins", plugins.stream().map(PluginsCommand::fields).toList(),
                      "problems", FailureReport.problems(problems))));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KIND", "TYPE", "VERSION", "PROVIDER"));
    for (InstalledPlugin plugin : plugins) {
      rows.add(
          List.of(plugin.kind().toString(), plugin.type(), plugin.version(), plugin.provider()));
    }
    surroundings().printer().print(Table.text(rows));
    problems.forEach(problem -> surroundings().error().println("postern: " + problem));
  }

  private static Map<String, String> fields(InstalledPlugin plugin) {
    return Map.of(
        "kind", plugin.kind().toString(),
        "type", plugin.type(),
        "version", plugin.version(),
        "provider", plugin.provider(),
        "location", plugin.location());
  }
}

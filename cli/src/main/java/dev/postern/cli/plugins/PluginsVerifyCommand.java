package dev.postern.cli.plugins;

import dev.postern.cli.command.FailureReport;
import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.core.person.AbsentPerson;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern plugins verify}. */
@Command(
    name = "verify",
    description = {
      "Loads every plugin and looks it through, its jars byte for byte.",
      "Without --strict, only what a route of the configuration needs is a failure."
    })
public final class PluginsVerifyCommand extends ReportingCommand {
  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(names = "--strict", description = "Anything that is wrong with any plugin is a failure.")
  private boolean strict;

  public PluginsVerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    try (Routes routes = surroundings().loader().load(file, new AbsentPerson())) {
      List<InstalledPlugin> plugins = routes.plugins();
      List<ConfigProblem> found = new ArrayList<>();
      plugins.forEach(plugin -> found.addAll(plugin.problems()));
      found.addAll(routes.pluginConflicts());
      List<ConfigProblem> needed = routes.problems();
      boolean failed = !needed.isEmpty() || (strict && !found.isEmpty());
      found.addAll(needed);
      tell(plugins, found, failed);
      return failed ? ExitCodes.PROBLEMS : ExitCodes.OK;
    }
  }

  private void tell(List<InstalledPlugin> plugins, List<ConfigProblem> problems, boolean failed) {
    if (json()) {
      surroundings()
          .printer()
          .println(
              Json.text(
                  Map.of(
                      "ok", !failed,
                      "plugins", plugins.stream().map(PluginReport::fields).toList(),
                      "problems", FailureReport.problems(problems))));
      return;
    }
    problems.forEach(surroundings()::complain);
    long sound = plugins.stream().filter(InstalledPlugin::isSound).count();
    surroundings()
        .printer()
        .println(
            "%d %s, %s"
                .formatted(
                    plugins.size(),
                    plugins.size() == 1 ? "plugin" : "plugins",
                    problems.isEmpty() ? "no problems" : "%d of them sound".formatted(sound)));
  }
}

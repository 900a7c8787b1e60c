package dev.postern.cli;

import dev.postern.core.person.AbsentPerson;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
      List<InstalledPlugin> plugins = routes.plugins();
      tell(plugins);
      return plugins.stream().allMatch(InstalledPlugin::isSound)
          ? ExitCodes.OK
          : ExitCodes.PROBLEMS;
    }
  }

  private void tell(List<InstalledPlugin> plugins) {
    if (json()) {
      surroundings()
          .printer()
          .println(
              Json.text(
                  Map.of(
                      "ok", plugins.stream().allMatch(InstalledPlugin::isSound),
                      "plugins", plugins.stream().map(PluginsCommand::fields).toList())));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "VERSION", "API", "STATUS", "TYPES", "PLACE"));
    for (InstalledPlugin plugin : plugins) {
      rows.add(
          List.of(
              plugin.id(),
              plugin.version(),
              plugin.apiLevel(),
              status(plugin),
              types(plugin),
              plugin.bundled() ? "bundled" : plugin.location()));
    }
    surroundings().printer().print(Table.text(rows));
    plugins.stream()
        .flatMap(plugin -> plugin.problems().stream())
        .forEach(problem -> surroundings().error().println("postern: " + problem));
  }

  private static String status(InstalledPlugin plugin) {
    return plugin.isSound() ? "ok" : "broken";
  }

  private static String types(InstalledPlugin plugin) {
    return plugin.types().isEmpty()
        ? "-"
        : plugin.types().stream().map(PluginType::toString).collect(Collectors.joining(","));
  }

  private static Map<String, Object> fields(InstalledPlugin plugin) {
    return Map.of(
        "id", plugin.id(),
        "version", plugin.version(),
        "api", plugin.apiLevel(),
        "status", status(plugin),
        "types", plugin.types().stream().map(PluginType::toString).toList(),
        "bundled", plugin.bundled(),
        "location", plugin.location(),
        "problems", FailureReport.problems(plugin.problems()));
  }
}

package dev.postern.cli.plugins;

import dev.postern.cli.command.FailureReport;
import dev.postern.cli.report.Table;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows plugins. */
final class PluginReport {
  private PluginReport() {}

  static String table(List<InstalledPlugin> plugins) {
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
    return Table.text(rows);
  }

  private static String status(InstalledPlugin plugin) {
    return plugin.isSound() ? "ok" : "broken";
  }

  private static String types(InstalledPlugin plugin) {
    return plugin.types().isEmpty()
        ? "-"
        : plugin.types().stream().map(PluginType::toString).collect(Collectors.joining(","));
  }

  static Map<String, Object> fields(InstalledPlugin plugin) {
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

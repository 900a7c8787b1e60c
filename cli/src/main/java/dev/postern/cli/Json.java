package dev.postern.cli;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Trail;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as JSON knows them. */
final class Json {
  private Json() {}

  static Map<String, Object> hop(HopInfo hop) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", hop.index());
    fields.put("count", hop.count());
    fields.put("user", hop.user());
    fields.put("host", hop.endpoint().host());
    fields.put("port", hop.endpoint().port());
    return fields;
  }

  static List<Map<String, Object>> trail(Trail trail) {
    return trail.entries().stream()
        .map(
            entry ->
                Map.<String, Object>of(
                    "hop", entry.hop().index(),
                    "phase", entry.phase().toString(),
                    "elapsedMillis", entry.elapsed().toMillis(),
                    "text", entry.text()))
        .toList();
  }

  static List<Map<String, Object>> problems(List<ConfigProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                Map.<String, Object>of(
                    "code", problem.code().id(),
                    "origin", problem.origin(),
                    "path", problem.path(),
                    "message", problem.message()))
        .toList();
  }

  static List<Map<String, Object>> settings(Explanation explanation) {
    return explanation.settings().stream()
        .map(
            setting ->
                Map.<String, Object>of(
                    "path", setting.path(), "value", setting.value(), "origin", setting.origin()))
        .toList();
  }

  static List<Map<String, Object>> plugins(List<InstalledPlugin> plugins) {
    return plugins.stream()
        .map(
            plugin ->
                Map.<String, Object>of(
                    "kind", plugin.kind().toString(),
                    "type", plugin.type(),
                    "provider", plugin.provider(),
                    "version", plugin.version(),
                    "location", plugin.location()))
        .toList();
  }
}

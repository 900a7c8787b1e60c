package dev.postern.core.config;

import dev.postern.route.Explanation;
import java.util.List;

/** A route that was read, with the origin of each of its settings. */
record BoundRoute(RoutePlan plan, List<BoundSetting> settings) {
  Explanation explain(String prefix) {
    return new Explanation(
        plan.name(),
        settings.stream()
            .map(
                setting ->
                    new Explanation.Setting(
                        withoutPrefix(setting.path(), prefix), setting.shown(), setting.origin()))
            .toList());
  }

  private static String withoutPrefix(String path, String prefix) {
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }
}

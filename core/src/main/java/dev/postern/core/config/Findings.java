package dev.postern.core.config;

import com.typesafe.config.ConfigOrigin;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.core.plugin.Providers;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Collects what binding finds: everything that is wrong, and every setting with its origin. */
final class Findings {
  private final Map<ConfigProblem, Integer> lines = new LinkedHashMap<>();
  private final List<BoundSetting> settings = new ArrayList<>();
  private final Set<Path> plainSecrets = new LinkedHashSet<>();

  void problem(Code code, ConfigOrigin origin, String path, String message) {
    lines.putIfAbsent(
        new ConfigProblem(code, Origins.text(origin), path, message), origin.lineNumber());
  }

  /**
   * Takes over another's problems, but not those that are here already under another path: a value
   * of the defaults is bound again for every hop that inherits it.
   */
  void addNew(Findings inherited, Findings other) {
    other.lines.forEach(
        (problem, line) -> {
          if (inherited.lines.keySet().stream().noneMatch(known -> sameValue(known, problem))) {
            lines.putIfAbsent(problem, line);
          }
        });
    plainSecrets.addAll(other.plainSecrets);
  }

  /** Takes over another's problems. */
  void addAll(Findings other) {
    other.lines.forEach(lines::putIfAbsent);
    plainSecrets.addAll(other.plainSecrets);
  }

  /** The same problems under other paths, without the settings. */
  Findings moved(UnaryOperator<String> paths) {
    Findings moved = new Findings();
    lines.forEach(
        (problem, line) ->
            moved.lines.put(
                new ConfigProblem(
                    problem.code(),
                    problem.origin(),
                    paths.apply(problem.path()),
                    problem.message()),
                line));
    moved.plainSecrets.addAll(plainSecrets);
    return moved;
  }

  /** Notes a secret that stands in a file as it is. */
  void plainSecret(ConfigOrigin origin) {
    if (origin.filename() != null) {
      plainSecrets.add(Path.of(origin.filename()));
    }
  }

  /** The files that have secrets as they are. */
  Set<Path> plainSecrets() {
    return plainSecrets;
  }

  /** A type that has no plugin; one that cannot be loaded may be the one that is missed. */
  void missingPlugin(
      PluginRegistry plugins,
      Providers<?> providers,
      String type,
      ConfigOrigin origin,
      String path) {
    lines.putIfAbsent(providers.problem(type, Origins.text(origin), path), origin.lineNumber());
    plugins.problems().forEach(problem -> lines.putIfAbsent(problem, Integer.MAX_VALUE));
  }

  private static boolean sameValue(ConfigProblem one, ConfigProblem other) {
    return one.origin().equals(other.origin()) && one.message().equals(other.message());
  }

  void setting(BoundSetting setting) {
    settings.add(setting);
  }

  List<BoundSetting> settings() {
    return settings;
  }

  boolean isClean() {
    return lines.isEmpty();
  }

  /** Whether something is wrong, and all of it with plugins, not with the file. */
  boolean isAboutPluginsOnly() {
    return !lines.isEmpty()
        && lines.keySet().stream().allMatch(problem -> problem.code().isAboutPlugins());
  }

  /** The problems in the order of the file. */
  List<ConfigProblem> problems() {
    List<String> files = lines.keySet().stream().map(Findings::file).distinct().toList();
    return lines.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<ConfigProblem, Integer> entry) ->
                        files.indexOf(file(entry.getKey())))
                .thenComparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String file(ConfigProblem problem) {
    return problem.origin().replaceFirst(":\\d+$", "");
  }

  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new ConfigException(problems());
    }
  }
}

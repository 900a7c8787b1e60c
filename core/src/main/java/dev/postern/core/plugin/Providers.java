package dev.postern.core.plugin;

import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The providers of one extension point, by type. A plugin of a folder is loaded when one of its
 * types is asked for.
 *
 * @param <P> the extension point
 */
public final class Providers<P> {
  private final Kind kind;
  private final List<Plugin> plugins;
  private final Map<String, String> preferred;
  private final boolean loads;

  Providers(Kind kind, List<Plugin> plugins, Map<String, String> preferred, boolean loads) {
    this.kind = kind;
    this.plugins = plugins;
    this.preferred = preferred;
    this.loads = loads;
  }

  /** The types, in the order they were found. */
  public List<String> types() {
    return plugins.stream()
        .flatMap(plugin -> plugin.provides().stream())
        .filter(type -> type.kind() == kind)
        .map(PluginType::name)
        .distinct()
        .toList();
  }

  /**
   * The provider of a type, if there is exactly one and it can be loaded.
   *
   * @throws PluginNotLoadedException if it would have to be loaded, and nothing shall be
   */
  @SuppressWarnings("unchecked")
  public Optional<P> find(String type) {
    List<Plugin> found = candidates(type);
    if (found.size() != 1) {
      return Optional.empty();
    }
    if (!loads && found.get(0) instanceof IsolatedPlugin) {
      throw new PluginNotLoadedException(type);
    }
    try {
      return Optional.of((P) found.get(0).provider(new PluginType(kind, type)));
    } catch (PluginFault e) {
      return Optional.empty();
    }
  }

  /** What is broken counts only where nothing else has the type. */
  private List<Plugin> candidates(String type) {
    List<Plugin> claimed = claimed(type);
    List<Plugin> sound = claimed.stream().filter(plugin -> plugin.knownFaults().isEmpty()).toList();
    List<Plugin> found = sound.isEmpty() ? claimed : sound;
    String choice = preferred.get(type);
    return choice == null || found.size() < 2
        ? found
        : found.stream().filter(plugin -> plugin.isNamed(choice)).toList();
  }

  private List<Plugin> claimed(String type) {
    return plugins.stream()
        .filter(
            plugin ->
                plugin.provides().stream()
                    .anyMatch(known -> known.kind() == kind && known.name().equals(type)))
        .toList();
  }

  /** Why {@link #find} found nothing. */
  public ConfigProblem problem(String type, String origin, String path) {
    List<Plugin> claimed = claimed(type);
    if (claimed.isEmpty()) {
      return new ConfigProblem(
          Code.PLUGIN_UNKNOWN_TYPE,
          origin,
          path,
          "no %s plugin of type '%s' is installed.%s Installed: %s"
              .formatted(kind, type, Nearest.hint(type, types()), installedTypes()));
    }
    List<Plugin> found = candidates(type);
    if (found.size() == 1) {
      return fault(found.get(0), new PluginType(kind, type)).problem(origin, path);
    }
    return new ConfigProblem(
        Code.PLUGIN_DUPLICATE_TYPE,
        origin,
        path,
        "the %s type '%s' is provided twice, by %s and by %s; %s"
            .formatted(
                kind, type, claimed.get(0).describe(), claimed.get(1).describe(), choose(type)));
  }

  /** A problem for each type that several sound plugins have. */
  List<ConfigProblem> conflicts() {
    return types().stream()
        .filter(type -> candidates(type).size() > 1)
        .map(type -> problem(type, "", ""))
        .toList();
  }

  private static PluginFault fault(Plugin plugin, PluginType type) {
    try {
      plugin.provider(type);
    } catch (PluginFault e) {
      return e;
    }
    throw new IllegalStateException("there is no problem with " + type);
  }

  private String choose(String type) {
    String key = "postern.plugins.prefer." + type;
    String choice = preferred.get(type);
    return choice == null
        ? "remove one of them, or choose: %s = the id or the place of one".formatted(key)
        : "%s = \"%s\" names neither by its id or its place".formatted(key, choice);
  }

  private String installedTypes() {
    return types().isEmpty() ? "none" : String.join(", ", types());
  }
}

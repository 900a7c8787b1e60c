package dev.postern.core.plugin;

import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.InstalledPlugin.Kind;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The providers of one extension point, by type.
 *
 * @param <P> the extension point
 */
public final class Providers<P> {
  private final Kind kind;
  private final Function<P, String> typeOf;
  private final Map<String, List<P>> byType = new LinkedHashMap<>();

  Providers(Kind kind, Function<P, String> typeOf, Collection<P> providers) {
    this.kind = kind;
    this.typeOf = typeOf;
    for (P provider : providers) {
      byType.computeIfAbsent(typeOf.apply(provider), type -> new ArrayList<>()).add(provider);
    }
  }

  /** The types, in the order they were found. */
  public List<String> types() {
    return List.copyOf(byType.keySet());
  }

  /** The provider of a type, if there is exactly one. */
  public Optional<P> find(String type) {
    List<P> found = byType.getOrDefault(type, List.of());
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Why {@link #find} found nothing. */
  public ConfigProblem problem(String type, String origin, String path) {
    List<P> found = byType.getOrDefault(type, List.of());
    if (found.size() > 1) {
      return new ConfigProblem(
          Code.PLUGIN_DUPLICATE_TYPE,
          origin,
          path,
          "the %s type '%s' is provided twice, by %s and by %s; remove one of them"
              .formatted(kind, type, Origin.of(found.get(0)), Origin.of(found.get(1))));
    }
    return new ConfigProblem(
        Code.PLUGIN_UNKNOWN_TYPE,
        origin,
        path,
        "no %s plugin of type '%s' is installed.%s Installed: %s"
            .formatted(kind, type, Nearest.hint(type, types()), installedTypes()));
  }

  private String installedTypes() {
    return byType.isEmpty() ? "none" : String.join(", ", types());
  }

  List<InstalledPlugin> installed() {
    return byType.values().stream().flatMap(List::stream).map(this::describe).toList();
  }

  private InstalledPlugin describe(P provider) {
    Origin origin = Origin.of(provider);
    return new InstalledPlugin(
        kind, typeOf.apply(provider), origin.className(), origin.version(), origin.location());
  }
}

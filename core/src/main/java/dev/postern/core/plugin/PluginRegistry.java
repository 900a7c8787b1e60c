package dev.postern.core.plugin;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.TransportProvider;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plugins that were found: those of the class path, and those that have a folder of their own.
 * Safe for use by several threads.
 */
public final class PluginRegistry implements AutoCloseable {
  private final List<Plugin> plugins;
  private final List<ConfigProblem> problems;
  private final Map<String, String> preferred;
  private final boolean loads;

  private PluginRegistry(
      List<Plugin> plugins,
      List<ConfigProblem> problems,
      Map<String, String> preferred,
      boolean loads) {
    this.plugins = List.copyOf(plugins);
    this.problems = List.copyOf(problems);
    this.preferred = Map.copyOf(preferred);
    this.loads = loads;
  }

  /** A registry of these providers; the problems are those of the search. */
  public static PluginRegistry of(
      List<AuthStrategyProvider<?>> auth,
      List<TransportProvider<?>> transports,
      List<SecretProvider<?>> secrets,
      List<ConfigProblem> problems) {
    List<Plugin> given = new ArrayList<>();
    auth.forEach(provider -> given.add(given(Kind.AUTH, provider.type(), provider)));
    transports.forEach(provider -> given.add(given(Kind.TRANSPORT, provider.type(), provider)));
    secrets.forEach(provider -> given.add(given(Kind.SECRET, provider.type(), provider)));
    return new PluginRegistry(given, problems, Map.of(), true);
  }

  private static Plugin given(Kind kind, String type, Object provider) {
    return new BundledProvider(
        new PluginType(kind, type), provider, Origin.of(provider.getClass()), Optional.empty());
  }

  /** Finds what the class loader has, and what is in the folders of plugins. */
  public static PluginRegistry discover(ClassLoader loader, List<Path> folders) {
    Host host = Host.running();
    ClassPath bundled = new ClassPath(loader, host).search();
    List<Plugin> all = new ArrayList<>(bundled.plugins());
    all.addAll(new PluginFolders(host, PluginRegistry.class.getClassLoader()).find(folders));
    return new PluginRegistry(all, bundled.problems(), Map.of(), true);
  }

  /** The same plugins, where these ids or places win for these types. */
  public PluginRegistry preferring(Map<String, String> choices) {
    return new PluginRegistry(plugins, problems, choices, loads);
  }

  /** The same plugins, where asking for a type of one that has its own folder fails. */
  public PluginRegistry withoutLoading() {
    return new PluginRegistry(plugins, problems, preferred, false);
  }

  public Providers<AuthStrategyProvider<?>> auth() {
    return new Providers<>(Kind.AUTH, plugins, preferred, loads);
  }

  public Providers<TransportProvider<?>> transports() {
    return new Providers<>(Kind.TRANSPORT, plugins, preferred, loads);
  }

  public Providers<SecretProvider<?>> secrets() {
    return new Providers<>(Kind.SECRET, plugins, preferred, loads);
  }

  /**
   * Plugins that are there and cannot be used, and do not say what they provide: whoever misses a
   * type may miss one of them.
   */
  public List<ConfigProblem> problems() {
    Stream<ConfigProblem> nameless =
        plugins.stream()
            .filter(plugin -> plugin.provides().isEmpty())
            .flatMap(plugin -> plugin.knownFaults().stream())
            .map(fault -> fault.problem("", ""));
    return Stream.concat(problems.stream(), nameless).toList();
  }

  /** The types that several plugins have and nobody chose between. */
  public List<ConfigProblem> conflicts() {
    return Stream.of(auth(), transports(), secrets())
        .flatMap(providers -> providers.conflicts().stream())
        .toList();
  }

  /** The provider of a type in the plugin at a place, if it can be loaded. */
  public Optional<Object> provider(PluginType type, String location) {
    return plugins.stream()
        .filter(plugin -> plugin.isNamed(location) && plugin.provides().contains(type))
        .findFirst()
        .flatMap(plugin -> provider(plugin, type));
  }

  private static Optional<Object> provider(Plugin plugin, PluginType type) {
    try {
      return Optional.of(plugin.provider(type));
    } catch (PluginFault e) {
      return Optional.empty();
    }
  }

  /** Everything that is there, each plugin loaded and looked through. */
  public List<InstalledPlugin> installed() {
    Map<String, InstalledPlugin> all = new LinkedHashMap<>();
    for (Plugin plugin : plugins) {
      InstalledPlugin inspected = plugin.inspect();
      all.merge(inspected.location(), inspected, PluginRegistry::together);
    }
    List<InstalledPlugin> installed = new ArrayList<>(all.values());
    if (!problems.isEmpty()) {
      installed.add(
          new InstalledPlugin(
              "class-path", "unknown", "unknown", List.of(), "class path", true, problems));
    }
    return List.copyOf(installed);
  }

  private static InstalledPlugin together(InstalledPlugin one, InstalledPlugin other) {
    return new InstalledPlugin(
        one.id(),
        one.version(),
        one.apiLevel(),
        Stream.concat(one.types().stream(), other.types().stream()).toList(),
        one.location(),
        one.bundled(),
        Stream.concat(one.problems().stream(), other.problems().stream()).toList());
  }

  /** Releases the jars of plugins. What was made of them may fail from then on. */
  @Override
  public void close() {
    plugins.forEach(Plugin::close);
  }
}

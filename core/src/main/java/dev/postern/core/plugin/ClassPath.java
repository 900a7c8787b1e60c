package dev.postern.core.plugin;

import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The plugins that came with the application, found by hand, so that one broken provider does not
 * lose the others.
 */
final class ClassPath {
  private static final int FAILURE_LIMIT = 100;

  private final ClassLoader loader;
  private final Host host;
  private final Map<String, Origin> origins = new HashMap<>();
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  ClassPath(ClassLoader loader, Host host) {
    this.loader = loader;
    this.host = host;
  }

  /** Searches for every extension point. */
  ClassPath search() {
    for (Kind kind : Kind.values()) {
      find(kind);
    }
    return this;
  }

  private void find(Kind kind) {
    Class<?> service = Plugin.service(kind);
    Iterator<?> providers = ServiceLoader.load(service, loader).iterator();
    int failures = 0;
    while (failures < FAILURE_LIMIT) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        Object provider = providers.next();
        add(kind, provider, Service.type(provider));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        problem(
            Code.PLUGIN_BROKEN,
            "a provider of %s cannot be loaded: %s"
                .formatted(service.getSimpleName(), reason(service, e)));
      }
    }
  }

  /** The loader's sentence without the name of the service, and what is behind it. */
  private static String reason(Class<?> service, Throwable failure) {
    if (!(failure instanceof ServiceConfigurationError) || failure.getMessage() == null) {
      return failure.toString();
    }
    String sentence = failure.getMessage().replace(service.getName() + ": ", "");
    return failure.getCause() == null ? sentence : sentence + ": " + failure.getCause();
  }

  private void add(Kind kind, Object provider, String name) {
    Origin origin =
        origins.computeIfAbsent(
            Origin.place(provider.getClass()), place -> Origin.of(provider.getClass()));
    try {
      plugins.add(bundled(new PluginType(kind, name), provider, origin));
    } catch (PluginFault e) {
      problems.add(e.problem("", ""));
    } catch (IllegalArgumentException e) {
      problem(
          Code.PLUGIN_BROKEN,
          "the type of %s in %s cannot be used: %s"
              .formatted(provider.getClass().getName(), origin.location(), e.getMessage()));
    }
  }

  private Plugin bundled(PluginType type, Object provider, Origin origin) {
    if (!Descriptor.isIn(origin.manifest())) {
      return new BundledProvider(type, provider, origin, Optional.empty());
    }
    Descriptor descriptor = Descriptor.read(origin.manifest());
    host.expectToRun(descriptor, origin.location());
    return new BundledProvider(type, provider, origin, Optional.of(descriptor));
  }

  private void problem(Code code, String message) {
    problems.add(new ConfigProblem(code, "", "", message));
  }

  List<Plugin> plugins() {
    return plugins;
  }

  List<ConfigProblem> problems() {
    return problems;
  }
}

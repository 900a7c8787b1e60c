package dev.postern.core.plugin;

import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin in a folder of its own, with a class loader of its own. Nothing is loaded before one of
 * its types is asked for. Safe for use by several threads.
 */
final class IsolatedPlugin implements Plugin {
  private final PluginJars jars;
  private final Path folder;
  private final ClassLoader parent;
  private final PluginCalls calls;
  private final Map<Kind, Service> services = new EnumMap<>(Kind.class);
  private @Nullable URLClassLoader loader;
  private @Nullable InstalledPlugin inspected;

  IsolatedPlugin(PluginJars jars, Path folder, ClassLoader parent) {
    this.jars = jars;
    this.folder = folder;
    this.parent = parent;
    this.calls =
        new PluginCalls("%s (%s)".formatted(jars.descriptor(), jars.main()), PluginCalls.LIMIT);
  }

  @Override
  public List<PluginType> provides() {
    return jars.descriptor().provides();
  }

  @Override
  public boolean isNamed(String idOrPlace) {
    return jars.descriptor().id().equals(idOrPlace) || folder.toString().equals(idOrPlace);
  }

  @Override
  public String describe() {
    return "%s in %s".formatted(jars.descriptor(), folder);
  }

  @Override
  public Object provider(PluginType type) {
    return service(type.kind()).provider(type.name());
  }

  @Override
  public List<PluginFault> knownFaults() {
    return List.of();
  }

  private synchronized Service service(Kind kind) {
    return services.computeIfAbsent(kind, missing -> Service.load(missing, loader(), calls));
  }

  private ClassLoader loader() {
    if (loader == null) {
      loader =
          new URLClassLoader(
              "postern-plugin-" + jars.descriptor().id(),
              jars.all().stream().map(IsolatedPlugin::url).toArray(URL[]::new),
              parent);
    }
    return loader;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once: it reads every byte. */
  @Override
  public synchronized InstalledPlugin inspect() {
    if (inspected == null) {
      inspected = look();
    }
    return inspected;
  }

  private InstalledPlugin look() {
    List<PluginFault> faults = new ArrayList<>(jars.damage());
    for (Kind kind : Kind.values()) {
      Service service = service(kind);
      faults.addAll(service.faults());
      service.types().stream()
          .map(name -> new PluginType(kind, name))
          .filter(type -> !provides().contains(type))
          .forEach(type -> faults.add(undeclared(type)));
      provides().stream()
          .filter(type -> type.kind() == kind && !service.types().contains(type.name()))
          .forEach(type -> faults.add(service.missing(type.name())));
    }
    return new InstalledPlugin(
        jars.descriptor().id(),
        jars.descriptor().version(),
        jars.descriptor().api().toString(),
        provides(),
        folder.toString(),
        false,
        faults.stream().distinct().map(fault -> fault.problem("", "")).toList());
  }

  private PluginFault undeclared(PluginType type) {
    return new PluginFault(
        Code.PLUGIN_DIFFERS,
        "the plugin %s has a provider of %s that its manifest does not name; add it to %s"
            .formatted(calls.plugin(), type, Descriptor.PROVIDES));
  }

  @Override
  public synchronized void close() {
    if (loader != null) {
      try {
        loader.close();
      } catch (IOException e) {
        // The jars were only read.
      }
    }
  }
}

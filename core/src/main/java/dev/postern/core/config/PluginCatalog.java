package dev.postern.core.config;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.plugin.PluginFault;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.core.plugin.ThirdParty;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is installed and what can be written for it. */
public final class PluginCatalog {
  private final PluginRegistry plugins;

  public PluginCatalog(PluginRegistry plugins) {
    this.plugins = plugins;
  }

  /** Everything that is there, the records of its types looked through too. */
  public List<InstalledPlugin> installed() {
    return plugins.installed().stream().map(this::withRecords).toList();
  }

  private InstalledPlugin withRecords(InstalledPlugin plugin) {
    if (!plugin.isSound()) {
      return plugin;
    }
    List<ConfigProblem> problems = new ArrayList<>();
    for (PluginType type : plugin.types()) {
      Optional<Object> provider = plugins.provider(type, plugin.location());
      if (provider.isPresent()) {
        try {
          RecordSchema.keys(configType(provider.get()));
        } catch (RuntimeException | LinkageError e) {
          PluginFault fault = ThirdParty.fault(provider.get(), "the record of " + type, e);
          problems.add(new ConfigProblem(fault.code(), "", "", fault.sentence()));
        }
      }
    }
    return new InstalledPlugin(
        plugin.id(),
        plugin.version(),
        plugin.apiLevel(),
        plugin.types(),
        plugin.location(),
        plugin.bundled(),
        problems);
  }

  /**
   * The types of that name, of whatever kind.
   *
   * @throws ConfigException if there is none, or it is broken
   */
  public List<TypeDescription> describe(String name) {
    List<TypeDescription> found = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    List<InstalledPlugin> installed = plugins.installed();
    for (InstalledPlugin plugin : installed) {
      for (PluginType type : plugin.types()) {
        if (type.name().equals(name)) {
          describe(plugin, type, found, problems);
        }
      }
    }
    if (found.isEmpty()) {
      throw new ConfigException(problems.isEmpty() ? List.of(unknown(name, installed)) : problems);
    }
    return found;
  }

  private void describe(
      InstalledPlugin plugin,
      PluginType type,
      List<TypeDescription> found,
      List<ConfigProblem> problems) {
    Optional<Object> provider = plugins.provider(type, plugin.location());
    if (provider.isEmpty()) {
      problems.addAll(plugin.problems());
      return;
    }
    try {
      Class<?> record = configType(provider.get());
      Doc doc = record.getAnnotation(Doc.class);
      found.add(
          new TypeDescription(
              type, plugin.id(), doc == null ? "" : doc.value(), RecordSchema.keys(record)));
    } catch (RuntimeException | LinkageError e) {
      PluginFault fault = ThirdParty.fault(provider.get(), "the record of " + type, e);
      problems.add(new ConfigProblem(fault.code(), "", "", fault.sentence()));
    }
  }

  private static ConfigProblem unknown(String name, List<InstalledPlugin> installed) {
    List<String> known =
        installed.stream()
            .flatMap(plugin -> plugin.types().stream())
            .map(PluginType::name)
            .distinct()
            .sorted()
            .toList();
    return new ConfigProblem(
        Code.PLUGIN_UNKNOWN_TYPE,
        "",
        "",
        "no plugin of type '%s' is installed.%s Installed: %s"
            .formatted(name, Nearest.hint(name, known), String.join(", ", known)));
  }

  private static Class<?> configType(Object provider) {
    if (provider instanceof AuthStrategyProvider<?> auth) {
      return auth.configType();
    }
    return provider instanceof TransportProvider<?> transport
        ? transport.configType()
        : ((SecretProvider<?>) provider).configType();
  }
}

package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.postern.core.plugin.PluginFault;
import dev.postern.core.plugin.Providers;
import dev.postern.core.plugin.ThirdParty;
import dev.postern.problem.Code;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the use of a plugin: its type alone, or an object with its type and settings. */
final class PluginBinder {
  private static final String TYPE = "type";

  private final ConfigEnvironment environment;
  private final ValueBinder values;
  private final Findings findings;

  PluginBinder(ConfigEnvironment environment, ValueBinder values, Findings findings) {
    this.environment = environment;
    this.values = values;
    this.findings = findings;
  }

  /**
   * Binds a use.
   *
   * @param what is bound, for messages: {@code a strategy}
   * @return null if anything is wrong, which the findings then have
   */
  <P> @Nullable PluginUse<P> bind(
      Providers<P> providers,
      Function<P, Class<? extends Record>> configType,
      ConfigValue value,
      String path,
      String what) {
    ConfigObject object = object(value);
    ConfigValue named = object == null ? null : object.get(TYPE);
    if (object == null || named == null || named.valueType() != ConfigValueType.STRING) {
      findings.problem(
          Code.CONFIG_MISSING,
          value.origin(),
          Paths.child(path, TYPE),
          "missing: %s needs its type, one of %s"
              .formatted(what, String.join(", ", providers.types())));
      return null;
    }
    String type = ValueBinder.text(named);
    String typePath = Paths.child(path, TYPE);
    Optional<P> provider = providers.find(type);
    if (provider.isEmpty()) {
      findings.missingPlugin(environment.plugins(), providers, type, named.origin(), typePath);
      return null;
    }
    findings.setting(BoundSetting.plain(typePath, type, Origins.text(named.origin())));
    try {
      Record config =
          values
              .records()
              .bind(configType.apply(provider.get()), object, path, "'" + type + "'", Set.of(TYPE));
      return config == null ? null : new PluginUse<>(type, provider.get(), config);
    } catch (RuntimeException | LinkageError e) {
      PluginFault fault =
          ThirdParty.fault(provider.get(), "binding the settings of '" + type + "'", e);
      findings.problem(fault.code(), named.origin(), typePath, fault.sentence());
      return null;
    }
  }

  private static @Nullable ConfigObject object(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    return value.valueType() == ConfigValueType.STRING
        ? ConfigValueFactory.fromMap(Map.of()).withValue(TYPE, value).withOrigin(value.origin())
        : null;
  }
}

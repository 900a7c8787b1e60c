package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;
import dev.postern.core.config.InlineSecrets.Inline;
import dev.postern.core.plugin.PluginFault;
import dev.postern.core.plugin.Providers;
import dev.postern.core.plugin.ThirdParty;
import dev.postern.problem.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds secrets: a plain string, or an object that names a source. Values never reach a message.
 */
final class SecretBinder {
  private static final String TYPE = "type";

  /** What a person types may serve a whole group; what a program prints may be a one-time code. */
  private static final String PROMPT = "prompt";

  private static final String MASK = "***";

  private final ConfigEnvironment environment;
  private final InlineSecrets inline;
  private final Findings findings;

  SecretBinder(ConfigEnvironment environment, InlineSecrets inline, Findings findings) {
    this.environment = environment;
    this.inline = inline;
    this.findings = findings;
  }

  @Nullable Secret bind(ConfigValue value, String path) {
    if (value instanceof ConfigObject object) {
      Inline known = inline.find(object.unwrapped());
      if (known == null) {
        return source(object, path);
      }
      setting(value, path, MASK, "inline " + known.identity());
      return known.secret();
    }
    if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.NULL) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "expected %s, found %s"
              .formatted(
                  Expectation.of(Secret.class), Expectation.found(Secret.class, value, true)));
      return null;
    }
    String text = ValueBinder.text(value);
    setting(value, path, MASK, "text " + text);
    findings.plainSecret(value.origin());
    return Secret.of(text);
  }

  private @Nullable Secret source(ConfigObject object, String path) {
    Providers<SecretProvider<?>> sources = environment.plugins().secrets();
    ConfigValue named = object.get(TYPE);
    if (named != null && named.valueType() != ConfigValueType.STRING) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          named.origin(),
          Paths.child(path, TYPE),
          "expected the name of a secret source");
      return null;
    }
    Optional<String> type =
        named != null ? Optional.of(ValueBinder.text(named)) : typeByKey(object, sources.types());
    if (type.isEmpty()) {
      findings.problem(
          Code.CONFIG_MISSING,
          object.origin(),
          path,
          "the source of the secret is not named; write { env = NAME }, or type = one of "
              + String.join(", ", sources.types()));
      return null;
    }
    Optional<SecretProvider<?>> provider = sources.find(type.get());
    if (provider.isEmpty()) {
      findings.missingPlugin(environment.plugins(), sources, type.get(), object.origin(), path);
      return null;
    }
    try {
      return create(provider.get(), object, type.get(), path);
    } catch (RuntimeException | LinkageError e) {
      PluginFault fault =
          ThirdParty.fault(provider.get(), "making the secret source '" + type.get() + "'", e);
      findings.problem(fault.code(), object.origin(), path, fault.sentence());
      return null;
    }
  }

  /** The key that is a source, which is the short form; else the one key there is. */
  private static Optional<String> typeByKey(ConfigObject object, List<String> installed) {
    return object.keySet().stream()
        .filter(installed::contains)
        .sorted()
        .findFirst()
        .or(() -> object.size() == 1 ? object.keySet().stream().findFirst() : Optional.empty());
  }

  private <C extends Record> @Nullable Secret create(
      SecretProvider<C> provider, ConfigObject object, String type, String path) {
    ConfigValue nested = object.get(TYPE) == null ? object.get(type) : null;
    boolean ownKey =
        Arrays.stream(provider.configType().getRecordComponents())
            .anyMatch(component -> RecordBinder.key(component.getName()).equals(type));
    if (nested != null && !ownKey && !(nested instanceof ConfigObject)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          object.origin(),
          path,
          "expected { %s = { … } } with the settings of '%s'".formatted(type, type));
      return null;
    }
    boolean longForm = nested instanceof ConfigObject && object.size() == 1;
    ConfigObject settings = longForm && nested instanceof ConfigObject inner ? inner : object;
    Findings own = new Findings();
    C config =
        new ValueBinder(environment, inline, own, true)
            .records()
            .bind(
                provider.configType(),
                settings,
                longForm ? Paths.child(path, type) : path,
                "the secret source '" + type + "'",
                Set.of(TYPE));
    findings.addAll(own);
    if (config == null) {
      return null;
    }
    String identity = "source " + type + " " + SharingKey.of(own.settings(), path);
    setting(
        object,
        path,
        MASK
            + " ("
            + type
            + name(own, Paths.child(longForm ? Paths.child(path, type) : path, type))
            + ")",
        identity);
    try {
      Secret made = provider.create(config, environment.services());
      return type.equals(PROMPT) ? environment.secrets().shared(identity, made) : made;
    } catch (MisconfiguredException | IllegalArgumentException e) {
      findings.problem(
          Code.PLUGIN_MISCONFIGURED, object.origin(), path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** What the source reads: the variable, the file, the program without its arguments. */
  private static String name(Findings own, String key) {
    return own.settings().stream()
        .filter(setting -> setting.path().equals(key) || setting.path().equals(key + "[0]"))
        .filter(setting -> !setting.shown().startsWith(MASK))
        .map(setting -> " " + setting.shown())
        .findFirst()
        .orElse("");
  }

  private void setting(ConfigValue value, String path, String shown, String identity) {
    findings.setting(new BoundSetting(path, shown, identity, Origins.text(value.origin())));
  }
}

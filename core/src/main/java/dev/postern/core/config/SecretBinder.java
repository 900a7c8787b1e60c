package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;
import dev.postern.problem.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds secrets: a plain string, or an object that names a source. Values never reach a message.
 */
final class SecretBinder {
  private static final String TYPE = "type";

  private final ConfigEnvironment environment;
  private final InlineSecrets inline;
  private final RecordBinder records;
  private final Findings findings;

  SecretBinder(
      ConfigEnvironment environment,
      InlineSecrets inline,
      RecordBinder records,
      Findings findings) {
    this.environment = environment;
    this.inline = inline;
    this.records = records;
    this.findings = findings;
  }

  @Nullable Secret bind(ConfigValue value, String path) {
    if (value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.NUMBER) {
      String text = String.valueOf(value.unwrapped());
      setting(value, path, "***", text);
      return Secret.of(text);
    }
    if (!(value instanceof ConfigObject object)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "expected a secret: a string, or an object that names its source such as { env = NAME }");
      return null;
    }
    Secret known = inline.find(object.unwrapped());
    if (known != null) {
      setting(value, path, "***", "inline " + System.identityHashCode(known));
      return known;
    }
    return source(object, path);
  }

  private @Nullable Secret source(ConfigObject object, String path) {
    Optional<String> type = type(object);
    if (type.isEmpty()) {
      findings.problem(
          Code.CONFIG_MISSING,
          object.origin(),
          path,
          "the source of the secret is not named; write { env = NAME }, or type = one of "
              + String.join(", ", environment.plugins().secrets().types()));
      return null;
    }
    Optional<SecretProvider<?>> provider = environment.plugins().secrets().find(type.get());
    if (provider.isEmpty()) {
      findings.problem(
          environment.plugins().secrets().problem(type.get(), Origins.text(object.origin()), path));
      return null;
    }
    String shown = "*** (" + type.get() + ")";
    setting(object, path, shown, object.render(ConfigRenderOptions.concise()));
    return create(provider.get(), object, type.get(), path);
  }

  /**
   * The named type; else the one key that is a source, which is the short form; else the one key
   * there is.
   */
  private Optional<String> type(ConfigObject object) {
    ConfigValue named = object.get(TYPE);
    if (named != null) {
      return Optional.of(String.valueOf(named.unwrapped()));
    }
    Optional<String> installed =
        object.keySet().stream()
            .filter(environment.plugins().secrets().types()::contains)
            .findFirst();
    return installed.or(
        () -> object.size() == 1 ? object.keySet().stream().findFirst() : Optional.empty());
  }

  private <C extends Record> @Nullable Secret create(
      SecretProvider<C> provider, ConfigObject object, String type, String path) {
    boolean hasOwnKey =
        Arrays.stream(provider.configType().getRecordComponents())
            .anyMatch(component -> RecordBinder.key(component.getName()).equals(type));
    ConfigValue nested = object.get(type);
    boolean shortForm = object.get(TYPE) == null && !hasOwnKey;
    if (shortForm && !(nested instanceof ConfigObject)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          object.origin(),
          path,
          "expected { %s = { … } } with the settings of '%s'".formatted(type, type));
      return null;
    }
    ConfigObject settings = shortForm && nested instanceof ConfigObject inner ? inner : object;
    String settingsPath = shortForm ? Paths.child(path, type) : path;
    Findings hidden = findings;
    int before = hidden.settings().size();
    C config =
        records.bind(
            provider.configType(),
            settings,
            settingsPath,
            "the secret source '" + type + "'",
            Set.of(TYPE));
    hidden.settings().subList(before, hidden.settings().size()).clear();
    if (config == null) {
      return null;
    }
    try {
      return provider.create(config, environment.services());
    } catch (MisconfiguredException | IllegalArgumentException e) {
      findings.problem(
          Code.PLUGIN_MISCONFIGURED, object.origin(), path, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void setting(ConfigValue value, String path, String shown, String identity) {
    findings.setting(new BoundSetting(path, shown, identity, Origins.text(value.origin())));
  }
}

package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.problem.Code;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code reconnect}: an object, or off. */
final class ReconnectReader {
  static final String KEY = "reconnect";
  private static final Set<String> OFF = Set.of("off", "no", "false");
  private static final Set<String> ON = Set.of("on", "yes", "true");

  private final ConfigEnvironment environment;
  private final InlineSecrets inline;
  private final Findings findings;

  ReconnectReader(ConfigEnvironment environment, InlineSecrets inline, Findings findings) {
    this.environment = environment;
    this.inline = inline;
    this.findings = findings;
  }

  /** How to; null if something is wrong with it, which the findings then have. */
  @Nullable Reconnect read(@Nullable ConfigValue value, String path) {
    if (value instanceof ConfigObject object) {
      return bind(object, path, findings);
    }
    String word =
        value == null || value.valueType() == ConfigValueType.LIST ? "" : ValueBinder.text(value);
    if (value == null || ON.contains(word)) {
      return usual();
    }
    if (OFF.contains(word)) {
      return usual().only(false);
    }
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value.origin(),
        path,
        "expected off, or an object such as { delay = 1s, max-delay = 1m, gate-time = 30s, attempts = unlimited }");
    return null;
  }

  /** The defaults. They are no settings of anybody's, so what is found with them is not kept. */
  private Reconnect usual() {
    return requireNonNull(bind(ConfigFactory.empty().root(), KEY, new Findings()));
  }

  private @Nullable Reconnect bind(ConfigObject object, String path, Findings found) {
    ReconnectSettings settings =
        new ValueBinder(environment, inline, found, false)
            .records()
            .bind(ReconnectSettings.class, object, path, KEY, Set.of());
    return settings == null ? null : settings.policy();
  }
}

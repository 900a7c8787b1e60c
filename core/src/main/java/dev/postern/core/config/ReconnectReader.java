package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code reconnect}: an object, or off. */
final class ReconnectReader {
  static final String KEY = "reconnect";
  private static final Set<String> OFF = Set.of("off", "no", "false");
  private static final Set<String> ON = Set.of("on", "yes", "true");

  private final ValueBinder values;
  private final Findings findings;

  ReconnectReader(ValueBinder values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /** How to; null if something is wrong with it, which the findings then have. */
  @Nullable Reconnect read(@Nullable ConfigValue value, String path) {
    if (value instanceof ConfigObject object) {
      ReconnectSettings settings =
          values.records().bind(ReconnectSettings.class, object, path, "reconnect", Set.of());
      return settings == null ? null : settings.policy();
    }
    String word =
        value == null || value.valueType() == ConfigValueType.LIST ? "" : ValueBinder.text(value);
    Reconnect usual =
        new ReconnectSettings(
                Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(30), "unlimited")
            .policy();
    if (value == null || ON.contains(word)) {
      return usual;
    }
    if (OFF.contains(word)) {
      return usual.only(false);
    }
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value.origin(),
        path,
        "expected off, or an object such as { delay = 1s, max-delay = 1m, gate-time = 30s, attempts = unlimited }");
    return null;
  }
}

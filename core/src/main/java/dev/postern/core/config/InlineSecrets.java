package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretValue;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secrets of a route written in code: HOCON cannot hold them, so a mark stands for each. */
final class InlineSecrets {
  private static final String MARK = "postern.inline-secret";

  private final SecretIdentities identities;
  private final List<Inline> secrets = new ArrayList<>();

  InlineSecrets(SecretIdentities identities) {
    this.identities = identities;
  }

  /** A route in code as HOCON. */
  ConfigObject object(Route route) {
    Object settings = requireNonNull(replace(route.settings()));
    return (ConfigObject) ConfigValueFactory.fromAnyRef(settings, route.origin());
  }

  /** Settings with the secrets replaced, fit for HOCON. */
  @Nullable Object replace(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof SecretValue secret) {
      return mark(Secret.of(secret), secret);
    }
    if (value instanceof Secret secret) {
      return mark(secret, secret);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(String.valueOf(key), replace(element)));
      return copy;
    }
    if (value instanceof Iterable<?> list && !(value instanceof Path)) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(replace(element)));
      return copy;
    }
    if (value instanceof Duration duration) {
      return duration.toNanos() + "ns";
    }
    return value instanceof Enum<?> constant ? Expectation.written(constant) : value.toString();
  }

  private Object mark(Secret secret, Object given) {
    secrets.add(new Inline(secret, identities.of(given)));
    return Map.of(MARK, secrets.size() - 1);
  }

  /** The secret behind a mark; null if it is no mark of ours. */
  @Nullable Inline find(Map<String, ?> object) {
    return object.size() == 1
            && object.get(MARK) instanceof Number index
            && index.intValue() >= 0
            && index.intValue() < secrets.size()
        ? secrets.get(index.intValue())
        : null;
  }

  /**
   * A secret from code.
   *
   * @param identity equal only for the same object
   */
  record Inline(Secret secret, long identity) {}
}

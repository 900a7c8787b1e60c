package dev.postern.core.config;

import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secrets of a route written in code: HOCON cannot hold them, so a mark stands for each. */
final class InlineSecrets {
  private static final String MARK = "postern.inline-secret";

  private final List<Secret> secrets = new ArrayList<>();

  /** Settings with the secrets replaced, fit for HOCON. */
  Object replace(Object value) {
    if (value instanceof Secret secret) {
      secrets.add(secret);
      return Map.of(MARK, secrets.size() - 1);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(String.valueOf(key), replace(element)));
      return copy;
    }
    if (value instanceof Iterable<?> list && !(value instanceof Path)) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(replace(element)));
      return copy;
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  /** The secret behind a mark; null if it is no mark. */
  @Nullable Secret find(Map<String, ?> object) {
    return object.size() == 1 && object.get(MARK) instanceof Number index
        ? secrets.get(index.intValue())
        : null;
  }
}

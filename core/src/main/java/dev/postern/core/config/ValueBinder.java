package dev.postern.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.secret.Secret;
import dev.postern.problem.Code;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds values to the types that records may have. */
final class ValueBinder {
  private final Path home;
  private final Findings findings;
  private final RecordBinder records;
  private final SecretBinder secrets;

  ValueBinder(ConfigEnvironment environment, InlineSecrets inline, Findings findings) {
    this.home = environment.services().home();
    this.findings = findings;
    this.records = new RecordBinder(this, findings);
    this.secrets = new SecretBinder(environment, inline, records, findings);
  }

  RecordBinder records() {
    return records;
  }

  /** The value as an instance of the type; null if it is none, which the findings then have. */
  @Nullable Object bind(Type type, ConfigValue value, String path) {
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(generic, value, path);
    }
    if (type == Secret.class) {
      return secrets.bind(value, path);
    }
    if (type == ConfigValue.class) {
      return value;
    }
    if (type instanceof Class<?> plain && plain.isRecord()) {
      return value instanceof ConfigObject object
          ? records.bind(plain.asSubclass(Record.class), object, path, "this place", Set.of())
          : wrong(type, value, path);
    }
    Object bound = scalar(type, value, path);
    if (bound != null) {
      String text = String.valueOf(value.unwrapped());
      findings.setting(new BoundSetting(path, text, text, Origins.text(value.origin())));
    }
    return bound;
  }

  private @Nullable Object bindGeneric(ParameterizedType type, ConfigValue value, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      Object inner = bind(arguments[0], value, path);
      return inner == null ? null : Optional.of(inner);
    }
    if (type.getRawType() == List.class) {
      return value instanceof ConfigList list
          ? bindList(arguments[0], list, path)
          : wrong(type, value, path);
    }
    if (type.getRawType() == Map.class) {
      return value instanceof ConfigObject object
          ? bindMap(arguments[1], object, path)
          : wrong(type, value, path);
    }
    throw new IllegalArgumentException("records may not have components of type " + type);
  }

  private @Nullable Object bindList(Type element, ConfigList list, String path) {
    List<Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object bound = bind(element, list.get(i), Paths.element(path, i));
      if (bound != null) {
        result.add(bound);
      }
    }
    return result.size() == list.size() ? List.copyOf(result) : null;
  }

  private @Nullable Object bindMap(Type element, ConfigObject object, String path) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      Object bound = bind(element, entry.getValue(), Paths.child(path, entry.getKey()));
      if (bound != null) {
        result.put(entry.getKey(), bound);
      }
    }
    return result.size() == object.size() ? Map.copyOf(result) : null;
  }

  private @Nullable Object scalar(Type type, ConfigValue value, String path) {
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      return wrong(type, value, path);
    }
    String text = String.valueOf(value.unwrapped());
    try {
      return convert(type, value, text);
    } catch (IllegalArgumentException | ConfigException e) {
      return wrong(type, value, path);
    }
  }

  private Object convert(Type type, ConfigValue value, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == double.class || type == Double.class) {
      return Double.valueOf(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return value.atKey("value").getBoolean("value");
    }
    if (type == Duration.class) {
      return value.atKey("value").getDuration("value");
    }
    if (type == PromptPattern.class) {
      return PromptPattern.of(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      return constant(enumeration, text);
    }
    throw new IllegalStateException("records may not have components of type " + type);
  }

  private Path path(String text) {
    if (text.isEmpty()) {
      throw new InvalidPathException(text, "empty");
    }
    if (text.equals("~")) {
      return home;
    }
    return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
  }

  private static Object constant(Class<?> enumeration, String text) {
    return Arrays.stream(enumeration.getEnumConstants())
        .filter(constant -> written(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String written(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private @Nullable Object wrong(Type type, ConfigValue value, String path) {
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value.origin(),
        path,
        "expected %s, found %s".formatted(expectation(type), found(value)));
    return null;
  }

  /** A type in words: {@code a duration such as "15s"}. */
  String expectation(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      Function<String, String> words =
          generic.getRawType() == List.class
              ? text -> "a list, each element " + text
              : generic.getRawType() == Map.class
                  ? text -> "an object, each value " + text
                  : text -> text;
      return words.apply(expectation(inner));
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a duration such as \"15s\"";
    }
    if (type == Path.class) {
      return "a path";
    }
    if (type == PromptPattern.class) {
      return "a prompt, as it reads or as a regular expression";
    }
    if (type == Secret.class) {
      return "a secret: a string, or an object that names its source such as { env = NAME }";
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      return Arrays.stream(enumeration.getEnumConstants())
          .map(ValueBinder::written)
          .collect(Collectors.joining(" or "));
    }
    return type == String.class ? "a string" : "an object";
  }

  private static String found(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "an object";
      case LIST -> "a list";
      case NULL -> "null";
      case BOOLEAN, NUMBER -> String.valueOf(value.unwrapped());
      case STRING -> "\"" + value.unwrapped() + "\"";
    };
  }
}

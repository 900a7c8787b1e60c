package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds values to the types that records may have. */
final class ValueBinder {
  private final Path home;
  private final Findings findings;
  private final RecordBinder records;
  private final SecretBinder secrets;
  private final boolean masked;

  /**
   * A binder.
   *
   * @param masked whether values are kept out of messages, as the settings of a secret source are
   */
  ValueBinder(
      ConfigEnvironment environment, InlineSecrets inline, Findings findings, boolean masked) {
    this.home = environment.services().home();
    this.findings = findings;
    this.masked = masked;
    this.records = new RecordBinder(this, findings);
    this.secrets = new SecretBinder(environment, inline, findings);
  }

  RecordBinder records() {
    return records;
  }

  /**
   * The value as an instance of the type; null if it is none, which the findings then have.
   *
   * @throws UnbindableTypeException if no value can be: the record is wrong, not the configuration
   */
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
    boolean text = value.valueType() != ConfigValueType.OBJECT;
    if (type instanceof Class<?> plain && plain.isRecord() && !(type == Endpoint.class && text)) {
      return value instanceof ConfigObject object
          ? records.bind(plain.asSubclass(Record.class), object, path, quoted(path), Set.of())
          : wrong(type, value, path);
    }
    return scalar(type, value, path);
  }

  private static String quoted(String path) {
    return "'" + path.substring(path.lastIndexOf('.') + 1) + "'";
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
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return value instanceof ConfigObject object
          ? bindMap(arguments[1], object, path)
          : wrong(type, value, path);
    }
    throw new UnbindableTypeException(type);
  }

  private @Nullable Object bindList(Type element, ConfigList list, String path) {
    if (list.isEmpty()) {
      findings.setting(BoundSetting.plain(path, "[]", Origins.text(list.origin())));
    }
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
    if (object.isEmpty()) {
      findings.setting(BoundSetting.plain(path, "{}", Origins.text(object.origin())));
    }
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
    if (value.valueType() == ConfigValueType.OBJECT
        || value.valueType() == ConfigValueType.LIST
        || value.valueType() == ConfigValueType.NULL) {
      return wrong(type, value, path);
    }
    String text = text(value);
    try {
      Object bound = convert(type, value, text);
      String shown = bound instanceof Path ? bound.toString() : text;
      findings.setting(BoundSetting.plain(path, shown, Origins.text(value.origin())));
      return bound;
    } catch (IllegalArgumentException | ConfigException e) {
      return wrong(type, value, path);
    }
  }

  /** The value as it is written: 0123 and 1.10 keep their zeros. */
  static String text(ConfigValue value) {
    return value.atKey("value").getString("value");
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
      return Durations.of(value);
    }
    if (type == PromptPattern.class) {
      return PromptPattern.of(text);
    }
    if (type == Endpoint.class) {
      return endpoint(text);
    }
    if (type == Path.class) {
      return path(text, value.origin());
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      return constant(enumeration, text);
    }
    throw new UnbindableTypeException(type);
  }

  private static Endpoint endpoint(String text) {
    if (text.indexOf(':') > 0 && ForwardAddress.of(text) instanceof Tcp tcp) {
      return new Endpoint(tcp.host(), tcp.port());
    }
    throw new IllegalArgumentException("write it like localhost:5432");
  }

  /** A relative path starts at the folder of the file that has it. */
  private Path path(String text, ConfigOrigin origin) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the path is empty");
    }
    if (text.equals("~")) {
      return home;
    }
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    return path.isAbsolute() || origin.filename() == null
        ? path
        : Path.of(origin.filename()).resolveSibling(path).normalize();
  }

  private static Object constant(Class<?> enumeration, String text) {
    return Arrays.stream(requireNonNull(enumeration.getEnumConstants()))
        .filter(constant -> Expectation.written(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private @Nullable Object wrong(Type type, ConfigValue value, String path) {
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value.origin(),
        path,
        "expected %s, found %s%s"
            .formatted(
                Expectation.of(type),
                Expectation.found(type, value, masked),
                type == Duration.class ? Durations.hint(value) : ""));
    return null;
  }

  /** No setting can be of that type. */
  static final class UnbindableTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnbindableTypeException(Type type) {
      super("no setting can be of the type " + type.getTypeName());
    }
  }
}

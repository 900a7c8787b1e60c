package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.config.Default;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.plugin.UnbindableRecordException;
import dev.postern.problem.Code;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binds HOCON objects to records: one key for each component, and no others. */
final class RecordBinder {
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private final ValueBinder values;
  private final Findings findings;

  RecordBinder(ValueBinder values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /**
   * Binds an object.
   *
   * @param what is bound, for messages: {@code 'publickey'}, {@code a hop}
   * @param others keys that are somebody else's
   * @return null if anything is wrong, which the findings then have
   */
  <R extends Record> @Nullable R bind(
      Class<R> type, ConfigObject object, String path, String what, Set<String> others) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys =
        Arrays.stream(components).map(component -> key(component.getName())).toList();
    boolean clean = expectKnown(object, path, what, keys, others);
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], keys.get(i), object, path, what);
      clean &= arguments[i] != null;
    }
    return clean ? instantiate(type, components, arguments, object, path) : null;
  }

  private boolean expectKnown(
      ConfigObject object, String path, String what, List<String> keys, Set<String> others) {
    boolean clean = true;
    for (String key : new TreeSet<>(object.keySet())) {
      if (keys.contains(key) || others.contains(key)) {
        continue;
      }
      clean = false;
      List<String> known = new ArrayList<>(keys);
      known.addAll(others);
      findings.problem(
          Code.CONFIG_UNKNOWN_KEY,
          requireNonNull(object.get(key)).origin(),
          Paths.child(path, key),
          "unknown setting for %s.%s".formatted(what, hint(key, known)));
    }
    return clean;
  }

  private static String hint(String key, List<String> known) {
    String nearest = Nearest.hint(key, known);
    return nearest.isEmpty() && !known.isEmpty() ? " Known: " + String.join(", ", known) : nearest;
  }

  private @Nullable Object component(
      RecordComponent component, String key, ConfigObject object, String path, String what) {
    String childPath = Paths.child(path, key);
    ConfigValue value = object.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      value = defaultValue(component);
    }
    if (value != null) {
      return bind(component, value, childPath);
    }
    if (component.getType() == Optional.class) {
      return Optional.empty();
    }
    findings.problem(
        Code.CONFIG_MISSING,
        object.origin(),
        childPath,
        "missing: %s needs '%s', %s"
            .formatted(what, key, Expectation.of(component.getGenericType())));
    return null;
  }

  private @Nullable Object bind(RecordComponent component, ConfigValue value, String path) {
    try {
      return values.bind(component.getGenericType(), value, path);
    } catch (ValueBinder.UnbindableTypeException e) {
      throw new UnbindableRecordException(
          "%s, as '%s' of %s is"
              .formatted(
                  e.getMessage(), component.getName(), component.getDeclaringRecord().getName()));
    }
  }

  private static @Nullable ConfigValue defaultValue(RecordComponent component) {
    Default annotation = component.getAnnotation(Default.class);
    if (annotation == null) {
      return null;
    }
    return ConfigFactory.parseString("value = " + annotation.value())
        .getValue("value")
        .withOrigin(Origins.byDefault());
  }

  private <R extends Record> @Nullable R instantiate(
      Class<R> type,
      RecordComponent[] components,
      @Nullable Object[] arguments,
      ConfigObject object,
      String path) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      refused(type, requireNonNull(e.getCause()), object, path);
      return null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unmade(type, e);
    }
  }

  /** What a record says of its values; a sentence that begins with a key is reported there. */
  private void refused(
      Class<? extends Record> type, Throwable reason, ConfigObject object, String path) {
    if (!(reason instanceof IllegalArgumentException || reason instanceof MisconfiguredException)) {
      throw unmade(type, reason);
    }
    String message = String.valueOf(reason.getMessage());
    String key = message.split(": ", 2)[0];
    ConfigValue value =
        object.containsKey(key) && key.length() < message.length() ? object.get(key) : null;
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value == null ? object.origin() : value.origin(),
        value == null ? path : Paths.child(path, key),
        value == null ? message : message.substring(key.length() + ": ".length()));
  }

  private static UnbindableRecordException unmade(Class<?> type, Throwable reason) {
    if (reason instanceof LinkageError broken) {
      throw broken;
    }
    return new UnbindableRecordException(
        "the record %s cannot be made: %s".formatted(type.getName(), reason));
  }

  /** {@code newPassword} is written {@code new-password}. */
  static String key(String component) {
    return HUMP.matcher(component).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
  }
}

package dev.postern.core.config;

import com.typesafe.config.ConfigValue;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.core.text.Sanitiser;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts into words what a type wants and what was found in its place. */
final class Expectation {
  private Expectation() {}

  /** A type in words: {@code a duration such as "15s"}. */
  static String of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String inner = of(arguments[arguments.length - 1]);
      return generic.getRawType() == List.class
          ? "a list, each element " + inner
          : generic.getRawType() == Map.class ? "an object, each value " + inner : inner;
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
    if (type == Endpoint.class) {
      return "a host and a port such as \"db.internal:5432\"";
    }
    if (type == Secret.class) {
      return "a secret: a string, or an object that names its source such as { env = NAME }";
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      return Arrays.stream(enumeration.getEnumConstants())
          .map(Expectation::written)
          .collect(Collectors.joining(" or "));
    }
    return type == String.class ? "a string" : "an object";
  }

  /** A constant as it is written: {@code accept-new}. */
  static String written(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What stands in the place of the type; a text that may be a secret is not quoted. */
  static String found(Type type, ConfigValue value, boolean masked) {
    return switch (value.valueType()) {
      case OBJECT -> "an object";
      case LIST -> "a list";
      case NULL -> "null";
      case BOOLEAN, NUMBER, STRING -> {
        if (masked || mayHoldSecret(type, new HashSet<>())) {
          yield "a single value";
        }
        String text = Sanitiser.line(ValueBinder.text(value));
        yield value.unwrapped() instanceof String ? "\"" + text + "\"" : text;
      }
    };
  }

  /** Whether somebody who mistakes the shape may have written a secret here. */
  private static boolean mayHoldSecret(Type type, Set<Type> seen) {
    if (!seen.add(type)) {
      return false;
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .anyMatch(argument -> mayHoldSecret(argument, seen));
    }
    return type == Secret.class
        || (type instanceof Class<?> plain
            && plain.isRecord()
            && Arrays.stream(plain.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .anyMatch(component -> mayHoldSecret(component, seen)));
  }
}

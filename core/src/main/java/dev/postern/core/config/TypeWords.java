package dev.postern.core.config;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that settings can have: a word for each, and how a value of it is written. */
final class TypeWords {
  private static final Map<Type, Words> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, new Words("text", "texts", "\"text\"")),
          Map.entry(int.class, new Words("whole number", "whole numbers", "1")),
          Map.entry(Integer.class, new Words("whole number", "whole numbers", "1")),
          Map.entry(long.class, new Words("whole number", "whole numbers", "1")),
          Map.entry(Long.class, new Words("whole number", "whole numbers", "1")),
          Map.entry(double.class, new Words("number", "numbers", "1.5")),
          Map.entry(Double.class, new Words("number", "numbers", "1.5")),
          Map.entry(boolean.class, new Words("true or false", "true or false", "true")),
          Map.entry(Boolean.class, new Words("true or false", "true or false", "true")),
          Map.entry(Duration.class, new Words("duration", "durations", "15s")),
          Map.entry(Path.class, new Words("path", "paths", "\"~/file\"")),
          Map.entry(PromptPattern.class, new Words("prompt", "prompts", "\"Code: \"")),
          Map.entry(Endpoint.class, new Words("host:port", "host:port", "\"host:22\"")),
          Map.entry(Secret.class, new Words("secret", "secrets", "{ env = NAME }")));

  private TypeWords() {}

  /** {@code duration}, {@code list of paths}, {@code sha1 or sha256}. */
  static String word(Type type) {
    return words(type).one;
  }

  /** A value of the type, in HOCON. */
  static String example(Type type) {
    return words(type).example;
  }

  private static Words words(Type type) {
    Words known = PLAIN.get(type);
    if (known != null) {
      return known;
    }
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
      List<String> constants =
          Arrays.stream(enumeration.getEnumConstants()).map(Expectation::written).toList();
      String one = String.join(" or ", constants);
      return new Words(one, one, constants.isEmpty() ? "" : constants.get(0));
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      return new Words("object", "objects", example(record));
    }
    throw new ValueBinder.UnbindableTypeException(type);
  }

  private static Words generic(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    Words inner = words(arguments[arguments.length - 1]);
    if (type.getRawType() == Optional.class) {
      return inner;
    }
    if (type.getRawType() == List.class) {
      String one = "list of " + inner.many;
      return new Words(one, "lists of " + inner.many, "[" + inner.example + "]");
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      String one = "object of " + inner.many;
      return new Words(one, "objects of " + inner.many, "{ name = " + inner.example + " }");
    }
    throw new ValueBinder.UnbindableTypeException(type);
  }

  private static String example(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .filter(RecordSchema::isRequired)
        .map(TypeWords::assignment)
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String assignment(RecordComponent component) {
    return RecordBinder.key(component.getName()) + " = " + RecordSchema.example(component);
  }

  /** A word for one, for several, and a value. */
  private record Words(String one, String many, String example) {}
}

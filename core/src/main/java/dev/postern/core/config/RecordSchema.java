package dev.postern.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.core.plugin.UnbindableRecordException;
import dev.postern.plugin.KeyDescription;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be written for a record: its keys, described. */
final class RecordSchema {
  private RecordSchema() {}

  /**
   * The keys of a record, those of the records in it after their own.
   *
   * @throws UnbindableRecordException if no setting can be of the type of one of them, a default is
   *     no value, or a record holds itself
   */
  static List<KeyDescription> keys(Class<?> record) {
    expectFinite(record, new LinkedHashSet<>());
    List<KeyDescription> keys = new ArrayList<>();
    collect(record, "", keys);
    return keys;
  }

  private static void expectFinite(Class<?> record, Set<Class<?>> within) {
    if (!within.add(record)) {
      throw new UnbindableRecordException("the record %s holds itself".formatted(record.getName()));
    }
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> nested = nested(component.getGenericType());
      if (nested != null) {
        expectFinite(nested, within);
      }
    }
    within.remove(record);
  }

  private static void collect(Class<?> record, String prefix, List<KeyDescription> keys) {
    for (RecordComponent component : record.getRecordComponents()) {
      Type type = component.getGenericType();
      keys.add(describe(component, prefix));
      Class<?> nested = nested(type);
      if (nested != null) {
        String brackets = isList(type) ? "[]" : "";
        collect(nested, prefix + key(component) + brackets + ".", keys);
      }
    }
  }

  private static KeyDescription describe(RecordComponent component, String prefix) {
    try {
      Doc doc = component.getAnnotation(Doc.class);
      return new KeyDescription(
          prefix + key(component),
          TypeWords.word(component.getGenericType()),
          defaultValue(component),
          isRequired(component),
          holdsSecret(component.getGenericType(), new LinkedHashSet<>()),
          doc == null ? "" : doc.value(),
          example(component));
    } catch (ValueBinder.UnbindableTypeException e) {
      throw new UnbindableRecordException(
          "%s, as '%s' of %s is"
              .formatted(
                  e.getMessage(), component.getName(), component.getDeclaringRecord().getName()));
    }
  }

  private static String key(RecordComponent component) {
    return RecordBinder.key(component.getName());
  }

  static boolean isRequired(RecordComponent component) {
    return component.getType() != Optional.class && component.getAnnotation(Default.class) == null;
  }

  static String example(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    return doc == null || doc.example().isEmpty()
        ? TypeWords.example(component.getGenericType())
        : doc.example();
  }

  private static Optional<String> defaultValue(RecordComponent component) {
    Default annotation = component.getAnnotation(Default.class);
    if (annotation == null) {
      return Optional.empty();
    }
    try {
      ConfigFactory.parseString("value = " + annotation.value()).getValue("value");
      return Optional.of(annotation.value());
    } catch (ConfigException e) {
      throw new UnbindableRecordException(
          "the default of '%s' of %s is no value in HOCON"
              .formatted(component.getName(), component.getDeclaringRecord().getName()));
    }
  }

  /** The record that the elements of a type are, or the type itself; null if it is none. */
  private static @Nullable Class<?> nested(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return nested(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> plain && plain.isRecord() && plain != Endpoint.class
        ? plain
        : null;
  }

  private static boolean isList(Type type) {
    return type instanceof ParameterizedType generic
        && (generic.getRawType() == List.class
            || Arrays.stream(generic.getActualTypeArguments()).anyMatch(RecordSchema::isList));
  }

  private static boolean holdsSecret(Type type, Set<Type> seen) {
    if (!seen.add(type)) {
      return false;
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .anyMatch(argument -> holdsSecret(argument, seen));
    }
    return type == Secret.class
        || (type instanceof Class<?> plain
            && plain.isRecord()
            && Arrays.stream(plain.getRecordComponents())
                .anyMatch(component -> holdsSecret(component.getGenericType(), seen)));
  }
}

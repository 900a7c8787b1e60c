package dev.postern.testkit.contract;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The components of a configuration record, and of the records inside it. */
final class Components {
  private Components() {}

  /** {@code Config.component}, for each that has no sentence for the person who writes the file. */
  static List<String> withoutDoc(Class<?> record) {
    List<String> missing = new ArrayList<>();
    for (Class<?> type : nested(record)) {
      for (RecordComponent component : type.getRecordComponents()) {
        Doc doc = component.getAnnotation(Doc.class);
        if (doc == null || doc.value().isBlank()) {
          missing.add(type.getSimpleName() + "." + component.getName());
        }
      }
    }
    return missing;
  }

  /** The components of the record itself, without those of records inside it. */
  static List<RecordComponent> of(Class<?> record) {
    return List.of(record.getRecordComponents());
  }

  static Optional<String> defaultOf(RecordComponent component) {
    return Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
  }

  /** {@code newPassword} is written {@code new-password}. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Set<Class<?>> nested(Class<?> record) {
    Set<Class<?>> found = new HashSet<>();
    collect(record, found);
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
    }
    if (type instanceof Class<?> plain
        && plain.isRecord()
        && !plain.getName().startsWith("dev.postern.api.")
        && found.add(plain)) {
      of(plain).forEach(component -> collect(component.getGenericType(), found));
    }
  }
}

package dev.postern.integration.signatures;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;

/** Names of types as they are written, {@code java.lang} left out. */
final class Names {
  private Names() {}

  static String of(Type type) {
    return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
  }

  static String list(Type[] types) {
    return Arrays.stream(types).map(Names::of).collect(joining(", "));
  }

  /** {@code <C extends Record>}, or nothing. */
  static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables).map(Names::variable).collect(joining(", ", "<", ">"));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(Names::of)
            .collect(joining(" & "));
    return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
  }
}

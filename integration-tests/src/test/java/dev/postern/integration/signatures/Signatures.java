package dev.postern.integration.signatures;

import static java.util.stream.Collectors.joining;

import dev.postern.api.config.Default;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes what is public or protected of a type: a line for the type, an indented one per member.
 */
final class Signatures {
  static final String INDENT = "  ";
  private static final Set<String> EVERYBODYS = Set.of("equals", "hashCode", "toString");

  private Signatures() {}

  /** The lines of these types and of the visible ones inside them, in the order of their names. */
  static List<String> of(List<Class<?>> types) {
    List<String> lines = new ArrayList<>();
    types.stream()
        .filter(Signatures::isVisible)
        .sorted((one, other) -> one.getName().compareTo(other.getName()))
        .forEach(type -> write(type, lines));
    return lines;
  }

  private static boolean isVisible(Class<?> type) {
    return visible(type.getModifiers())
        && !type.isAnonymousClass()
        && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
  }

  private static boolean visible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void write(Class<?> type, List<String> lines) {
    lines.add(header(type));
    Set<String> members = new TreeSet<>();
    if (type.isRecord()) {
      lines.add(
          INDENT
              + "components "
              + Arrays.stream(type.getRecordComponents())
                  .map(Signatures::component)
                  .collect(joining(", ")));
    }
    for (Field field : type.getDeclaredFields()) {
      if (visible(field.getModifiers()) && !field.isSynthetic()) {
        members.add(
            field.isEnumConstant()
                ? "constant " + field.getName()
                : "field "
                    + member(field.getModifiers())
                    + Names.of(field.getGenericType())
                    + " "
                    + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (visible(constructor.getModifiers()) && !constructor.isSynthetic()) {
        members.add(
            "constructor "
                + (Modifier.isProtected(constructor.getModifiers()) ? "protected " : "")
                + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (visible(method.getModifiers())
          && !method.isSynthetic()
          && !EVERYBODYS.contains(method.getName())) {
        members.add(method(method));
      }
    }
    members.forEach(member -> lines.add(INDENT + member));
  }

  private static String header(Class<?> type) {
    List<String> words = new ArrayList<>();
    int modifiers = type.getModifiers();
    if (Modifier.isProtected(modifiers)) {
      words.add("protected");
    }
    if (type.isSealed()) {
      words.add("sealed");
    }
    if (Modifier.isAbstract(modifiers) && !type.isInterface() && !type.isEnum()) {
      words.add("abstract");
    }
    if (Modifier.isFinal(modifiers) && !type.isRecord() && !type.isEnum()) {
      words.add("final");
    }
    words.add(kind(type));
    words.add(type.getName() + Names.variables(type.getTypeParameters()));
    if (type.getSuperclass() != null
        && !Set.of(Object.class, Record.class, Enum.class).contains(type.getSuperclass())) {
      words.add("extends " + Names.of(type.getGenericSuperclass()));
    }
    if (type.getInterfaces().length > 0 && !type.isAnnotation()) {
      words.add("implements " + Names.list(type.getGenericInterfaces()));
    }
    if (type.isSealed()) {
      words.add(
          "permits "
              + Arrays.stream(type.getPermittedSubclasses())
                  .map(Class::getName)
                  .sorted()
                  .collect(joining(", ")));
    }
    return String.join(" ", words);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isRecord()) {
      return "record";
    }
    return type.isEnum() ? "enum" : "class";
  }

  private static String component(RecordComponent component) {
    Default value = component.getAnnotation(Default.class);
    return (value == null ? "" : "@Default(\"" + value.value() + "\") ")
        + Names.of(component.getGenericType())
        + " "
        + component.getName();
  }

  private static String method(Method method) {
    Object value = method.getDefaultValue();
    String kind =
        method.isDefault() || value != null
            ? "default "
            : member(method.getModifiers() & ~Modifier.TRANSIENT);
    String variables = Names.variables(method.getTypeParameters());
    return "method "
        + kind
        + (variables.isEmpty() ? "" : variables + " ")
        + Names.of(method.getGenericReturnType())
        + " "
        + method.getName()
        + parameters(method)
        + (value == null ? "" : " default \"" + value + "\"");
  }

  private static String member(int modifiers) {
    return Stream.of(
            Modifier.isProtected(modifiers) ? "protected " : "",
            Modifier.isStatic(modifiers) ? "static " : "",
            Modifier.isAbstract(modifiers) ? "abstract " : "",
            Modifier.isFinal(modifiers) ? "final " : "")
        .collect(joining());
  }

  private static String parameters(Executable executable) {
    String parameters = "(" + Names.list(executable.getGenericParameterTypes()) + ")";
    if (executable.isVarArgs()) {
      parameters = parameters.replaceFirst("\\[\\]\\)$", "...)");
    }
    return executable.getExceptionTypes().length == 0
        ? parameters
        : parameters
            + " throws "
            + Arrays.stream(executable.getGenericExceptionTypes())
                .map(Names::of)
                .sorted()
                .collect(joining(", "));
  }
}

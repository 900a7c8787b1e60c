package dev.postern.core.plugin;

import dev.postern.problem.Code;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what went wrong in a plugin into a sentence, as far as Java says what it was. */
final class Causes {
  private static final Pattern NOT_FOUND = Pattern.compile("Provider (\\S+) not found");
  private static final Pattern NOT_A_SUBTYPE = Pattern.compile("(\\S+) not a subtype");
  private static final Pattern NO_CONSTRUCTOR =
      Pattern.compile("(\\S+) Unable to get public no-arg constructor");
  private static final Pattern NOT_MADE =
      Pattern.compile("Provider (\\S+) could not be instantiated");

  private Causes() {}

  /**
   * The fault behind a failure.
   *
   * @param plugin its name, version and place
   * @param what failed: {@code create of 'acme'}
   */
  static PluginFault fault(String plugin, String what, Throwable failure) {
    if (failure instanceof ServiceConfigurationError error) {
      return serviceFault(plugin, what, error);
    }
    if (failure instanceof UnbindableRecordException) {
      return fault(plugin, Code.PLUGIN_RECORD, String.valueOf(failure.getMessage()), failure);
    }
    if (failure instanceof TypeNotPresentException absent) {
      return fault(
          plugin,
          Code.PLUGIN_CLASS_MISSING,
          missing(new ClassNotFoundException(absent.typeName())),
          failure);
    }
    if (failure instanceof UnsupportedClassVersionError) {
      return fault(
          plugin,
          Code.PLUGIN_JAVA_LEVEL,
          "it has classes for a newer Java than this one (%s): %s"
              .formatted(Runtime.version().feature(), failure.getMessage()),
          failure);
    }
    if (failure instanceof NoClassDefFoundError || failure instanceof ClassNotFoundException) {
      return fault(plugin, Code.PLUGIN_CLASS_MISSING, missing(failure), failure);
    }
    if (failure instanceof ClassFormatError) {
      return fault(
          plugin, Code.PLUGIN_UNREADABLE, "a class is damaged: " + failure.getMessage(), failure);
    }
    if (failure instanceof LinkageError) {
      return fault(
          plugin,
          Code.PLUGIN_CLASS_MISSING,
          "its classes do not fit together: %s; were they all compiled against the jars that are in its folder?"
              .formatted(failure),
          failure);
    }
    return fault(plugin, Code.PLUGIN_BROKEN, "%s failed with %s".formatted(what, failure), failure);
  }

  private static String missing(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Could not initialize class")) {
      return "a class cannot be initialised: " + message;
    }
    String name = message.replace('/', '.');
    boolean ours = name.startsWith("dev.postern.");
    return "the class %s is missing; %s"
        .formatted(
            name,
            ours
                ? "plugins see the JDK, dev.postern.api and SLF4J, and nothing else of the host"
                : "put the jar that has it into the plugin's folder");
  }

  private static PluginFault serviceFault(
      String plugin, String what, ServiceConfigurationError error) {
    String message = String.valueOf(error.getMessage());
    Throwable cause = error.getCause();
    Matcher notFound = NOT_FOUND.matcher(message);
    if (notFound.find()) {
      return fault(
          plugin,
          Code.PLUGIN_CLASS_MISSING,
          "the class %s, which META-INF/services names, is missing".formatted(notFound.group(1)),
          error);
    }
    Matcher stranger = NOT_A_SUBTYPE.matcher(message);
    if (stranger.find()) {
      return fault(
          plugin,
          Code.PLUGIN_NOT_A_PROVIDER,
          "%s does not implement the extension point that META-INF/services names it for"
              .formatted(stranger.group(1)),
          error);
    }
    Matcher noConstructor = NO_CONSTRUCTOR.matcher(message);
    if (noConstructor.find()) {
      return fault(
          plugin,
          Code.PLUGIN_NOT_A_PROVIDER,
          "%s has no public constructor without arguments; it must be a public class, and a static one if it is nested"
              .formatted(noConstructor.group(1)),
          error);
    }
    Matcher notMade = NOT_MADE.matcher(message);
    String provider = notMade.find() ? notMade.group(1) : what;
    if (cause instanceof InstantiationException) {
      return fault(
          plugin,
          Code.PLUGIN_NOT_A_PROVIDER,
          provider + " is abstract, an interface or an enum",
          error);
    }
    if (cause instanceof IllegalAccessException) {
      return fault(plugin, Code.PLUGIN_NOT_A_PROVIDER, provider + " is not a public class", error);
    }
    if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
      return fault(plugin, what, cause);
    }
    if (cause == null) {
      return fault(plugin, Code.PLUGIN_BROKEN, message, error);
    }
    return fault(
        plugin,
        Code.PLUGIN_CONSTRUCTOR_FAILED,
        "the constructor of %s failed with %s".formatted(provider, cause),
        error);
  }

  private static PluginFault fault(String plugin, Code code, String sentence, Throwable cause) {
    return new PluginFault(code, "the plugin " + plugin + " is broken: " + sentence, cause);
  }
}

package dev.postern.core.plugin;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Searches a class loader by hand, so that one broken provider does not lose the others. */
final class Discovery {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*");
  private static final int FAILURE_LIMIT = 100;

  private final ClassLoader loader;
  private final List<ConfigProblem> problems = new ArrayList<>();

  Discovery(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The providers of an extension point. The wildcard stands for whatever record each of them has.
   */
  <P, Q extends P> List<P> find(Class<Q> service, Function<P, String> typeOf) {
    List<P> found = new ArrayList<>();
    Iterator<Q> providers = ServiceLoader.load(service, loader).iterator();
    int failures = 0;
    while (failures < FAILURE_LIMIT) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        P provider = providers.next();
        accept(provider, typeOf.apply(provider), found);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        problem(
            "a provider of %s cannot be loaded: %s"
                .formatted(service.getSimpleName(), reason(service, e)));
      }
    }
    return found;
  }

  /** The loader's sentence without the name of the service, and what is behind it. */
  private static String reason(Class<?> service, Throwable failure) {
    if (!(failure instanceof ServiceConfigurationError) || failure.getMessage() == null) {
      return failure.toString();
    }
    String sentence = failure.getMessage().replace(service.getName() + ": ", "");
    return failure.getCause() == null ? sentence : sentence + ": " + failure.getCause();
  }

  private <P> void accept(P provider, String type, List<P> found) {
    if (TYPE.matcher(type).matches()) {
      found.add(provider);
      return;
    }
    problem(
        "%s has the type '%s', which is not of the form %s"
            .formatted(Origin.of(provider), type, TYPE));
  }

  private void problem(String message) {
    problems.add(new ConfigProblem(Code.PLUGIN_BROKEN, "", "", message));
  }

  List<ConfigProblem> problems() {
    return problems;
  }
}

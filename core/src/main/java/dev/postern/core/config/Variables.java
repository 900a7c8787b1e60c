package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.api.hop.PluginContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives substitutions what the library would give them: the system property of that name, else the
 * value in other jars' {@code reference.conf}, else the variable of the environment, here of the
 * one that Postern was built with.
 */
record Variables(PluginContext services, Config reference) implements ConfigResolver {
  @Override
  public @Nullable ConfigValue lookup(String name) {
    String property = System.getProperty(name);
    if (property != null) {
      return ConfigValueFactory.fromAnyRef(property, "system property " + name);
    }
    if (reference.hasPath(name)) {
      return reference.getValue(name);
    }
    Optional<String> value = services.environment(name);
    if (value.isPresent()) {
      return ConfigValueFactory.fromAnyRef(value.get(), "environment variable " + name);
    }
    List<String> elements = list(name);
    return elements.isEmpty()
        ? null
        : ConfigValueFactory.fromIterable(elements, "environment variables " + name + "_0…");
  }

  /** NAME_0, NAME_1, …: HOCON's way to write a list. */
  private List<String> list(String name) {
    return IntStream.iterate(0, index -> index + 1)
        .mapToObj(index -> services.environment(name + "_" + index))
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow)
        .toList();
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }
}

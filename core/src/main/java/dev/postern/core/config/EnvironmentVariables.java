package dev.postern.core.config;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.api.hop.PluginContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives substitutions the variables of the environment that Postern was built with, which the
 * library would take from the process.
 */
record EnvironmentVariables(PluginContext services) implements ConfigResolver {
  @Override
  public @Nullable ConfigValue lookup(String name) {
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

package dev.postern.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the configuration is. */
final class ConfigurationFile {
  private final Map<String, String> environment;
  private final Path directory;
  private final Path home;

  ConfigurationFile(Surroundings surroundings) {
    this.environment = surroundings.environment();
    this.directory = surroundings.directory();
    this.home = surroundings.home();
  }

  /** The file that was named, here or in the environment, else the first that is there. */
  Optional<Path> find(@Nullable Path named) {
    if (named != null) {
      return Optional.of(directory.resolve(named));
    }
    String variable = environment.getOrDefault("POSTERN_CONFIG", "");
    if (!variable.isEmpty()) {
      return Optional.of(directory.resolve(variable));
    }
    return usual().stream().filter(Files::exists).findFirst();
  }

  private List<Path> usual() {
    return List.of(directory.resolve("postern.conf"), home.resolve(".config/postern/postern.conf"));
  }

  /** For a message: where it could be. */
  String places() {
    return "--config FILE, $POSTERN_CONFIG, " + usual().get(0) + ", " + usual().get(1);
  }
}

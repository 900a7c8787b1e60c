package dev.postern.cli.surroundings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is running: postern itself, or a distribution of it under a name of its own.
 *
 * @param name of the command
 * @param version of the distribution, empty for postern itself
 * @param folder where the distribution is, if it has one
 * @param launcher what it was started by, as it was called, if it says so
 */
public record Distribution(
    String name, String version, Optional<Path> folder, Optional<String> launcher) {
  static final String POSTERN = "postern";

  public static Distribution ofPostern() {
    return new Distribution(POSTERN, "", Optional.empty(), Optional.empty());
  }

  /** As its launcher says. */
  public static Distribution ofProcess() {
    return new Distribution(
        System.getProperty("postern-name", POSTERN),
        System.getProperty("postern-version", ""),
        Optional.ofNullable(System.getProperty("postern-distribution")).map(Path::of),
        Optional.ofNullable(System.getProperty("postern-launcher")));
  }

  /** The configuration that it brings, for whoever has none. */
  public Optional<Path> configuration() {
    return folder.map(place -> place.resolve("conf/postern.conf"));
  }

  /**
   * How another program starts it, from wherever it is. A link stays one: it may lead to a newer
   * version tomorrow.
   */
  public String command(Path directory) {
    return launcher.map(file -> directory.resolve(file).normalize().toString()).orElse(name);
  }

  public boolean isPostern() {
    return name.equals(POSTERN);
  }
}

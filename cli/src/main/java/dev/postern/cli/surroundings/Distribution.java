package dev.postern.cli.surroundings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is running: postern itself, or a distribution of it under a name of its own.
 *
 * @param name of the command
 * @param version of the distribution, empty for postern itself
 * @param folder where the distribution is, if it has one
 */
public record Distribution(String name, String version, Optional<Path> folder) {
  static final String POSTERN = "postern";

  public static Distribution ofPostern() {
    return new Distribution(POSTERN, "", Optional.empty());
  }

  /** As its launcher says. */
  public static Distribution ofProcess() {
    return new Distribution(
        System.getProperty("postern-name", POSTERN),
        System.getProperty("postern-version", ""),
        Optional.ofNullable(System.getProperty("postern-distribution")).map(Path::of));
  }

  /** The configuration that it brings, for whoever has none. */
  public Optional<Path> configuration() {
    return folder.map(place -> place.resolve("conf/postern.conf"));
  }

  public boolean isPostern() {
    return name.equals(POSTERN);
  }
}

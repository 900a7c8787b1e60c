package dev.postern.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** What a shell would say of a program that cannot be started. */
public final class Programs {
  /** A shell's exit code for a program that is not there. */
  public static final int NOT_FOUND = 127;

  /** A shell's exit code for one that is there and cannot be run. */
  public static final int NOT_RUN = 126;

  private Programs() {}

  /**
   * Whether there is a file of that name, executable or not: at that path, or if the name has no
   * slash in a folder of {@code PATH}.
   */
  public static boolean exists(String name, Map<String, String> environment, Path directory) {
    if (name.indexOf('/') >= 0) {
      return Files.exists(directory.resolve(name));
    }
    return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isRegularFile(directory.resolve(folder).resolve(name)));
  }
}

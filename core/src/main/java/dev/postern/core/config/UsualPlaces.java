package dev.postern.core.config;

import static java.util.stream.Collectors.joining;

import dev.postern.core.file.Owner;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration is when nobody names one.
 *
 * @param environment whose {@code POSTERN_CONFIG} comes first
 * @param directory where we are
 * @param home of the user
 * @param more places, after the user's own
 * @param naming how one is named, with {@code %s} for the file: for a message
 */
public record UsualPlaces(
    Map<String, String> environment, Path directory, Path home, List<Path> more, String naming) {
  public UsualPlaces {
    more = List.copyOf(more);
  }

  /**
   * The file that the environment names, else the first that is there.
   *
   * @throws ConfigException if it is somebody else's and lies in the folder where we are
   */
  public Optional<Path> find() {
    String variable = environment.getOrDefault("POSTERN_CONFIG", "");
    if (!variable.isEmpty()) {
      return Optional.of(directory.resolve(variable));
    }
    Optional<Path> found = files().stream().filter(Files::exists).findFirst();
    found.filter(file -> file.startsWith(directory)).ifPresent(this::expectOurs);
    return found;
  }

  /** The files that are looked for, in order. */
  public List<Path> files() {
    List<Path> places = new ArrayList<>();
    places.add(directory.resolve("postern.conf"));
    places.add(home.resolve(".config/postern/postern.conf"));
    places.addAll(more);
    return places;
  }

  /** For a message: where it could be, but for being named. */
  public String words() {
    return "$POSTERN_CONFIG, " + files().stream().map(Path::toString).collect(joining(", "));
  }

  /**
   * A configuration runs programs for its secrets: one that somebody left in a folder where we
   * happen to be is not taken unless it is named.
   */
  private void expectOurs(Path file) {
    try {
      Optional<String> stranger = Owner.stranger(file);
      if (stranger.isPresent()) {
        throw problem(
            Code.CONFIG_UNSAFE_FILE,
            file,
            "it belongs to %s and not to you; if you trust it, name it: %s"
                .formatted(stranger.get(), naming.formatted(file)));
      }
    } catch (IOException e) {
      throw problem(Code.CONFIG_UNREADABLE, file, "its owner cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException problem(Code code, Path file, String message) {
    return new ConfigException(List.of(new ConfigProblem(code, file.toString(), "", message)));
  }
}

package dev.postern.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the configuration is. */
final class ConfigurationFile {
  /** As in OpenSSH. */
  private static final Path NONE = Path.of("none");

  private static final Path NOTHING = Path.of("/dev/null");
  private static final int SNIFFED_LINES = 200;
  private static final Pattern OPEN_SSH_LINE =
      Pattern.compile("\\s*(Host|Match)\\s+[^={:]+", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final Path directory;
  private final Path home;
  private final Optional<Path> distributions;

  ConfigurationFile(Surroundings surroundings) {
    this.environment = surroundings.environment();
    this.directory = surroundings.directory();
    this.home = surroundings.home();
    this.distributions = surroundings.distribution().configuration();
  }

  /** The file that was named, here or in the environment, else the first that is there. */
  Optional<Path> find(@Nullable Path named) {
    if (named != null) {
      return named(named);
    }
    String variable = environment.getOrDefault("POSTERN_CONFIG", "");
    if (!variable.isEmpty()) {
      return Optional.of(directory.resolve(variable));
    }
    Optional<Path> found = usual().stream().filter(Files::exists).findFirst();
    found.filter(file -> file.startsWith(directory)).ifPresent(ConfigurationFile::expectOurs);
    return found;
  }

  /**
   * A configuration runs programs for its secrets: one that somebody left in a folder where we
   * happen to be is not taken unless it is named.
   */
  private static void expectOurs(Path file) {
    String user = System.getProperty("user.name");
    try {
      String owner = Files.getOwner(file).getName();
      if (!owner.equals(user) && !owner.equals("root") && !user.equals("?")) {
        throw problem(
            Code.CONFIG_UNSAFE_FILE,
            file,
            "it belongs to %s and not to you; if you trust it, name it: --config %s"
                .formatted(owner, file));
      }
    } catch (UnsupportedOperationException e) {
      return; // no owners on this file system
    } catch (IOException e) {
      throw problem(Code.CONFIG_UNREADABLE, file, "its owner cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException problem(Code code, Path file, String message) {
    return new ConfigException(List.of(new ConfigProblem(code, file.toString(), "", message)));
  }

  private Optional<Path> named(Path named) {
    if (named.equals(NONE) || named.equals(NOTHING)) {
      return Optional.empty();
    }
    Path file = directory.resolve(named);
    if (isOpenSshs(file)) {
      throw CommandLineProblem.badDestination(
          "%s looks like a configuration of OpenSSH; -F takes one of Postern's. Without one, use -F none and -J, -l, -p, -i, -o"
              .formatted(Shown.text(named.toString())));
    }
    return Optional.of(file);
  }

  /** What cannot be read is left to whoever reads it. */
  private static boolean isOpenSshs(Path file) {
    try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
      return lines.limit(SNIFFED_LINES).anyMatch(OPEN_SSH_LINE.asMatchPredicate());
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private List<Path> usual() {
    List<Path> places = new ArrayList<>();
    places.add(directory.resolve("postern.conf"));
    places.add(home.resolve(".config/postern/postern.conf"));
    distributions.ifPresent(places::add);
    return places;
  }

  /** For a message: where it could be. */
  String places() {
    return "--config FILE, $POSTERN_CONFIG, "
        + usual().stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}

package dev.postern.cli.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.config.UsualPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the configuration is. */
public final class ConfigurationFile {
  /** As in OpenSSH. */
  private static final Path NONE = Path.of("none");

  private static final Path NOTHING = Path.of("/dev/null");
  private static final int SNIFFED_LINES = 200;
  private static final Pattern OPEN_SSH_LINE =
      Pattern.compile("\\s*(Host|Match)\\s+[^={:]+", Pattern.CASE_INSENSITIVE);

  private final Path directory;
  private final UsualPlaces places;

  public ConfigurationFile(Surroundings surroundings) {
    this.directory = surroundings.directory();
    this.places =
        new UsualPlaces(
            surroundings.environment(),
            directory,
            surroundings.home(),
            surroundings.distribution().configuration().stream().toList(),
            "--config %s");
  }

  /** The file that was named, here or in the environment, else the first that is there. */
  public Optional<Path> find(@Nullable Path named) {
    if (named != null) {
      return named(named);
    }
    return places.find();
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

  /** For a message: where it could be. */
  public String places() {
    return "--config FILE, " + places.words();
  }
}

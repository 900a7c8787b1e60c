package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.core.person.Persons;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration, and whether anybody may be asked. */
final class ConfigOptions {
  @Option(
      names = {"-F", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration; else $POSTERN_CONFIG, ./postern.conf, ~/.config/postern/postern.conf.")
  private @Nullable Path file;

  @Option(names = "--batch", description = "Ask nobody anything.")
  private boolean batch;

  /** The configuration that is there, empty if none is. */
  Optional<Path> find(Console console) {
    if (file != null) {
      return Optional.of(file);
    }
    String variable = console.environment().get("POSTERN_CONFIG");
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(Path.of(variable));
    }
    return candidates().stream().filter(Files::exists).findFirst();
  }

  /**
   * The configuration.
   *
   * @throws ConfigException if there is none
   */
  Path require(Console console) {
    return find(console)
        .orElseThrow(
            () ->
                new ConfigException(
                    List.of(
                        new ConfigProblem(
                            Code.CONFIG_NOT_FOUND,
                            "",
                            "",
                            "no configuration was found; name one with --config or POSTERN_CONFIG, or write one of %s"
                                .formatted(candidates())))));
  }

  Postern.Builder builder(Console console, boolean batchToo) {
    return Postern.builder()
        .environment(console.environment())
        .home(home())
        .person(Persons.of(console.environment(), batch || batchToo));
  }

  static Path home() {
    String variable = System.getenv("HOME");
    return Path.of(
        variable == null || variable.isEmpty() ? System.getProperty("user.home") : variable);
  }

  private static List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    candidates.add(Path.of("postern.conf").toAbsolutePath());
    candidates.add(home().resolve(".config/postern/postern.conf"));
    return candidates;
  }
}

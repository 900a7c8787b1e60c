package dev.postern.cli.run;

import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form {@code run} shows the outputs. */
final class RunOptions {
  static final String HEADING = "%nOutput:%n";

  @Option(names = "-b", description = "Gathers the outputs; equal ones are shown once.")
  private boolean gathered;

  @Option(names = "-B", description = "As -b, with standard error.")
  private boolean gatheredWithError;

  @Option(names = "-N", description = "No label before each line.")
  private boolean unlabelled;

  @Option(names = "--outdir", paramLabel = "DIR", description = "A file for each target, in DIR.")
  private @Nullable Path outputFolder;

  @Option(names = "--errdir", paramLabel = "DIR", description = "The same for standard error.")
  private @Nullable Path errorFolder;

  /** The contradiction in the options, if there is one. */
  Optional<String> contradiction(boolean json) {
    boolean gathers = gathered || gatheredWithError;
    int forms = (gathers ? 1 : 0) + (outputFolder == null ? 0 : 1) + (json ? 1 : 0);
    if (forms > 1) {
      return Optional.of("-b, -B, --outdir and --json exclude each other");
    }
    return errorFolder != null && outputFolder == null
        ? Optional.of("--errdir comes with --outdir")
        : Optional.empty();
  }

  Form form(Surroundings surroundings, List<String> targets, boolean json) throws IOException {
    if (json) {
      return new JsonForm(surroundings.output());
    }
    if (gathered || gatheredWithError) {
      return new GatheredForm(
          targets, surroundings.output(), surroundings.error(), gatheredWithError);
    }
    Path output = outputFolder;
    if (output == null) {
      return new LineForm(surroundings.output(), surroundings.error(), !unlabelled);
    }
    return new FileForm(
        files(output, surroundings),
        errorFolder == null ? Optional.empty() : Optional.of(files(errorFolder, surroundings)),
        surroundings.error());
  }

  private static TargetFiles files(Path folder, Surroundings surroundings) throws IOException {
    return TargetFiles.in(surroundings.directory().resolve(folder));
  }
}

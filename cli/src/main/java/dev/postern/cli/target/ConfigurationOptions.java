package dev.postern.cli.target;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to read the routes, and whether anybody may be asked. */
public final class ConfigurationOptions {
  @Option(
      names = {"-F", "--config"},
      paramLabel = "FILE",
      description = "Postern's configuration file; none: without one.")
  private @Nullable Path file;

  @Option(names = "--batch", description = "Never asks: a question is a failure.")
  private boolean batch;

  public @Nullable Path file() {
    return file;
  }

  public boolean batch() {
    return batch;
  }
}

package dev.postern.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A command that can report in JSON. */
abstract class ReportingCommand extends PlainCommand {
  @Option(names = UsageErrors.JSON, description = "Reports in JSON.")
  private boolean json;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "One more folder that has a folder for each plugin.")
  final void plugins(Path folder) {
    surroundings().plugins().name(surroundings().directory().resolve(folder));
  }

  ReportingCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  final boolean json() {
    return json;
  }
}

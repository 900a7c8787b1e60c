package dev.postern.cli;

import picocli.CommandLine.Option;

/** A command that can report in JSON. */
abstract class ReportingCommand extends PlainCommand {
  @Option(names = UsageErrors.JSON, description = "Reports in JSON.")
  private boolean json;

  ReportingCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  final boolean json() {
    return json;
  }
}

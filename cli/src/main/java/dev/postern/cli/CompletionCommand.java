package dev.postern.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code postern completion}. */
@Command(
    name = "completion",
    description = "Prints a completion script for bash: source <(postern completion)")
final class CompletionCommand extends PlainCommand {
  CompletionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    String name = surroundings().distribution().name();
    surroundings().printer().print(AutoComplete.bash(name, CommandTree.whole(surroundings())));
    return ExitCodes.OK;
  }
}

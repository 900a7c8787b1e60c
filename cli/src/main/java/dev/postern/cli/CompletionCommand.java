package dev.postern.cli;

import dev.postern.cli.command.PlainCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code postern completion}. */
@Command(name = "completion", description = CompletionCommand.DESCRIPTION)
final class CompletionCommand extends PlainCommand {
  static final String DESCRIPTION =
      "Prints a completion script for bash: source <(postern completion)";

  CompletionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    String name = surroundings().distribution().name();
    surroundings().printer().print(AutoComplete.bash(name, CommandTree.whole(surroundings())));
    return ExitCodes.OK;
  }
}

package dev.postern.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern} itself. */
@Command(
    name = "postern",
    description = "Opens chains of SSH servers, declared per hop and composed from plugins.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ExecCommand.class,
      ShellCommand.class,
      ForwardCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      PluginsCommand.class,
      TotpCommand.class,
      DemoCommand.class,
      CommandLine.HelpCommand.class
    })
final class PosternCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}

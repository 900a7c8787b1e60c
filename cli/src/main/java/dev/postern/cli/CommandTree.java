package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands with what they are made of. */
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(Surroundings surroundings) {
    CommandLine root = new CommandLine(new PosternCommand(surroundings));
    root.addSubcommand(new ExecCommand(surroundings));
    root.addSubcommand(new ShellCommand(surroundings));
    root.addSubcommand(new ForwardCommand(surroundings));
    root.addSubcommand(new CopyCommand(surroundings));
    root.addSubcommand(new RunCommand(surroundings));
    root.addSubcommand(new CheckCommand(surroundings));
    root.addSubcommand(new ExplainCommand(surroundings));
    root.addSubcommand(plugins(surroundings));
    root.addSubcommand(new TotpCommand(surroundings));
    if (surroundings.distribution().isPostern()) {
      // It wants plugins and servers that others leave out.
      root.addSubcommand(new DemoCommand(surroundings));
    }
    root.addSubcommand(new CompletionCommand(surroundings));
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec().usageMessage().description("Shows the help of a command.");
    root.addSubcommand(help);
    root.setExpandAtFiles(false);
    root.setOut(new PrintWriter(surroundings.output(), true, UTF_8));
    root.setErr(new PrintWriter(new OutputStreamWriter(surroundings.error(), UTF_8), true));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(ansi(surroundings, surroundings.terminals().output())));
    root.setUsageHelpAutoWidth(surroundings.terminals().output());
    root.setParameterExceptionHandler(new UsageErrors(surroundings));
    root.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          surroundings.complain("it failed in a way that it should not: " + failure);
          return ExitCodes.FAILURE;
        });
    if (!surroundings.distribution().isPostern()) {
      root.setCommandName(surroundings.distribution().name());
      new OwnName(surroundings.distribution()).giveTo(root);
    }
    return root;
  }

  private static CommandLine plugins(Surroundings surroundings) {
    return new CommandLine(new PluginsCommand(surroundings))
        .addSubcommand(new PluginsDescribeCommand(surroundings))
        .addSubcommand(new PluginsVerifyCommand(surroundings))
        .addSubcommand(new PluginsInstallCommand(surroundings))
        .addSubcommand(new PluginsRemoveCommand(surroundings))
        .addSubcommand(new PluginsLockCommand(surroundings));
  }

  private static Ansi ansi(Surroundings surroundings, boolean terminal) {
    boolean unwanted = !surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return terminal && !unwanted ? Ansi.ON : Ansi.OFF;
  }
}

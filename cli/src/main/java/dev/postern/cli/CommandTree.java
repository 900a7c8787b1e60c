package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.cli.command.UsageErrors;
import dev.postern.cli.copy.CopyCommand;
import dev.postern.cli.demo.DemoCommand;
import dev.postern.cli.plugins.PluginsCommand;
import dev.postern.cli.plugins.PluginsDescribeCommand;
import dev.postern.cli.plugins.PluginsInstallCommand;
import dev.postern.cli.plugins.PluginsLockCommand;
import dev.postern.cli.plugins.PluginsRemoveCommand;
import dev.postern.cli.plugins.PluginsVerifyCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.run.RunCommand;
import dev.postern.cli.surroundings.Surroundings;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands with what they are made of. */
final class CommandTree {
  private CommandTree() {}

  /** Every command. */
  static CommandLine whole(Surroundings surroundings) {
    CommandLine root = root(surroundings);
    branches(surroundings).growAll(root);
    return settled(root, surroundings);
  }

  /** No more than these arguments can want. */
  static CommandLine of(Surroundings surroundings, String[] arguments) {
    CommandLine root = root(surroundings);
    branches(surroundings).grow(root, arguments);
    return settled(root, surroundings);
  }

  private static CommandLine root(Surroundings surroundings) {
    return PosternCommand.of(surroundings);
  }

  private static Branches branches(Surroundings of) {
    Branches tree = new Branches();
    tree.add("exec", ExecCommand.DESCRIPTION, () -> new ExecCommand(of));
    tree.add("shell", ShellCommand.DESCRIPTION, () -> new ShellCommand(of));
    tree.add("forward", ForwardCommand.DESCRIPTION, () -> new ForwardCommand(of));
    tree.add("ssh-config", SshConfigCommand.DESCRIPTION, () -> new SshConfigCommand(of));
    tree.add("status", StatusCommand.DESCRIPTION, () -> new StatusCommand(of));
    tree.add("copy", CopyCommand.DESCRIPTION, () -> new CopyCommand(of));
    tree.add("run", RunCommand.DESCRIPTION, () -> new RunCommand(of));
    tree.add("check", CheckCommand.DESCRIPTION, () -> new CheckCommand(of));
    tree.add("explain", ExplainCommand.DESCRIPTION, () -> new ExplainCommand(of));
    tree.addTree("plugins", PluginsCommand.DESCRIPTION, () -> plugins(of));
    tree.add("totp", TotpCommand.DESCRIPTION, () -> new TotpCommand(of));
    if (of.distribution().isPostern()) {
      // It wants plugins and servers that others leave out.
      tree.add("demo", DemoCommand.DESCRIPTION, () -> new DemoCommand(of));
    }
    tree.add("completion", CompletionCommand.DESCRIPTION, () -> new CompletionCommand(of));
    tree.addHelp("Shows the help of a command.");
    return tree;
  }

  private static CommandLine settled(CommandLine root, Surroundings surroundings) {
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

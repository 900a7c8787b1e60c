package dev.postern.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands below the root, of which only those are built that a command line can want: the
 * model of one costs up to ten milliseconds of every start.
 */
final class Branches {
  static final String HELP = "help";

  private record Branch(String description, Supplier<CommandLine> command) {}

  private final Map<String, Branch> all = new LinkedHashMap<>();

  /** One command, which is made when it is wanted. */
  void add(String name, String description, Supplier<Object> command) {
    addTree(name, description, () -> new CommandLine(command.get()));
  }

  /** One that has commands below it. */
  void addTree(String name, String description, Supplier<CommandLine> command) {
    all.put(name, new Branch(description, command));
  }

  /** The one that shows the help of all others. */
  void addHelp(String description) {
    all.put(HELP, new Branch(description, () -> help(description)));
  }

  private static CommandLine help(String description) {
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec().usageMessage().description(description);
    return help;
  }

  /** Every one, whole: for completion, and for a word that is none of them. */
  void growAll(CommandLine root) {
    all.forEach((name, branch) -> root.addSubcommand(name, branch.command().get()));
  }

  /** What a command line wants. */
  void grow(CommandLine root, String[] arguments) {
    boolean optionsAlone = Arrays.stream(arguments).allMatch(word -> word.startsWith("-"));
    if (optionsAlone) {
      // Help and version of the root: a line for each is enough.
      all.forEach((name, branch) -> root.addSubcommand(name, line(name, branch)));
      return;
    }
    Branch named = all.get(arguments[0]);
    if (named == null || arguments[0].equals(HELP)) {
      growAll(root);
      return;
    }
    root.addSubcommand(arguments[0], named.command().get());
  }

  private static CommandSpec line(String name, Branch branch) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(branch.description());
    return spec;
  }
}

package dev.postern.cli;

import dev.postern.cli.surroundings.Distribution;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Has the help of all commands say the name of the distribution where it says postern. */
final class OwnName {
  /** The command, as help writes it; not the folder of that name, nor {@code postern.conf}. */
  private static final Pattern COMMAND = Pattern.compile("(?<![./\\w])postern(?= [A-Za-z(])");

  private final String replacement;

  OwnName(Distribution distribution) {
    this.replacement = Matcher.quoteReplacement(distribution.name());
  }

  void giveTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    usage.customSynopsis(renamed(usage.customSynopsis()));
    usage.description(renamed(usage.description()));
    usage.footer(renamed(usage.footer()));
    command.getSubcommands().values().forEach(this::giveTo);
  }

  private String[] renamed(String[] lines) {
    return Arrays.stream(lines)
        .map(line -> COMMAND.matcher(line).replaceAll(replacement))
        .toArray(String[]::new);
  }
}

package dev.postern.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** What every command answers. */
public final class HelpOptions {
  private static final String HELP = "Shows this help.";
  private static final String VERSION = "Shows the version.";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = HELP)
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = VERSION)
  @SuppressWarnings("UnusedVariable")
  private boolean version;

  /** The same, for a command that is described without annotations. */
  public static void addTo(CommandSpec spec) {
    spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description(HELP).build());
    spec.addOption(
        OptionSpec.builder("-V", "--version").versionHelp(true).description(VERSION).build());
  }
}

package dev.postern.cli;

import dev.postern.cli.command.HelpOptions;
import dev.postern.cli.command.Version;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code postern} without a command. Described by calls: every command waits for it, and reading
 * annotations costs the first reader most.
 */
final class PosternCommand implements Callable<Integer> {
  private static final String[] FOOTER = {
    "",
    "Configuration, the first that is there: --config FILE, $POSTERN_CONFIG,",
    "./postern.conf, ~/.config/postern/postern.conf, a distribution's own.",
    "Exit codes: the remote command's; 255 for a failure of ours; 2 for a command",
    "line that cannot be understood.",
    "",
    "  postern check                                is the configuration right?",
    "  postern exec orders-db -- uptime             a command at the end of a route",
    "  postern exec -J alice@bastion app@db -- id   without a configuration",
    "  postern COMMAND --help                       more about a command"
  };

  private final Surroundings surroundings;
  private final CommandSpec spec;

  private PosternCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.spec = CommandSpec.wrapWithoutInspection(this);
  }

  static CommandLine of(Surroundings surroundings) {
    CommandSpec spec = new PosternCommand(surroundings).spec;
    spec.name("postern").versionProvider(new Version());
    HelpOptions.addTo(spec);
    spec.usageMessage()
        .description(
            "Opens chains of SSH servers, declared per hop, and runs what you want at the end.")
        .sortOptions(false)
        .customSynopsis("postern COMMAND [OPTIONS] …")
        .commandListHeading("%nCommands:%n")
        .optionListHeading("%nOptions:%n")
        .footer(FOOTER);
    return new CommandLine(spec);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.error());
    return ExitCodes.USAGE;
  }
}

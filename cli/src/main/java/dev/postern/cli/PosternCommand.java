package dev.postern.cli;

import dev.postern.cli.command.HelpOptions;
import dev.postern.cli.command.Version;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code postern} without a command. */
@Command(
    name = "postern",
    description =
        "Opens chains of SSH servers, declared per hop, and runs what you want at the end.",
    sortOptions = false,
    versionProvider = Version.class,
    customSynopsis = "postern COMMAND [OPTIONS] …",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
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
    })
final class PosternCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private HelpOptions help = new HelpOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  PosternCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(surroundings.error());
    return ExitCodes.USAGE;
  }
}

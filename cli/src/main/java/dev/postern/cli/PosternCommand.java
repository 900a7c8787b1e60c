package dev.postern.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code postern} without a command. */
@Command(
    name = "postern",
    description =
        "Opens chains of SSH servers, declared per hop, and runs what you want at the end.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Configuration: --config FILE, $POSTERN_CONFIG, ./postern.conf, ~/.config/postern/postern.conf;",
      "the first that is there. Exit codes: the remote command's; 255 for a failure of ours; 2 for a",
      "command line that cannot be understood."
    })
final class PosternCommand implements Callable<Integer> {
  private final Surroundings surroundings;

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

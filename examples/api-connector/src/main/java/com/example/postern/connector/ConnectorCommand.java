package com.example.postern.connector;

import com.example.postern.connector.api.Patience;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code api-connector}. */
@Command(
    name = "api-connector",
    description = "Reads a JSON API behind SSH servers into a database.",
    versionProvider = ConnectorCommand.Version.class,
    subcommands = DemoCommand.class)
final class ConnectorCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  /** The command line; a run gives its exit code. */
  static CommandLine line(Patience patience) {
    return new CommandLine(new ConnectorCommand()).addSubcommand(new SyncCommand(patience));
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ConnectorCommand.class.getPackage().getImplementationVersion();
      return new String[] {"api-connector " + (version == null ? "(not packaged)" : version)};
    }
  }
}

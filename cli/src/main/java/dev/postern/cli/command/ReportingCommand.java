package dev.postern.cli.command;

import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.plugin.PluginStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A command that can report in JSON. */
public abstract class ReportingCommand extends PlainCommand {
  @Option(names = UsageErrors.JSON, description = "Reports in JSON.")
  private boolean json;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "One more folder that has a folder for each plugin.")
  public final void plugins(Path folder) {
    surroundings().plugins().name(surroundings().directory().resolve(folder));
  }

  public ReportingCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** The folder that plugins are installed in. */
  public final PluginStore store() {
    return new PluginStore(
        surroundings().plugins().toInstall(), surroundings().distribution().name());
  }

  @Override
  public final boolean json() {
    return json;
  }
}

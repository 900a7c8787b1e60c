package dev.postern.cli.plugins;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code postern plugins remove}. */
@Command(
    name = "remove",
    description = "Removes a plugin from ~/.local/share/postern/plugins, or from --plugins DIR.")
public final class PluginsRemoveCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The plugin's id, as in the list.")
  private String id = "";

  public PluginsRemoveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    Path folder = store().remove(id);
    surroundings()
        .printer()
        .println(
            json()
                ? Json.text(Map.of("ok", true, "id", id, "location", folder.toString()))
                : "%s is removed from %s".formatted(id, folder.getParent()));
    return ExitCodes.OK;
  }
}

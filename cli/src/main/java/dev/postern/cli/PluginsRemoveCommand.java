package dev.postern.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code postern plugins remove}. */
@Command(
    name = "remove",
    description = "Removes a plugin from ~/.local/share/postern/plugins, or from --plugins DIR.")
final class PluginsRemoveCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The plugin's id, as in the list.")
  private String id = "";

  PluginsRemoveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
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

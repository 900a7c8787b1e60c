package dev.postern.cli.plugins;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.person.AbsentPerson;
import dev.postern.plugin.InstalledPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code postern plugins}. */
@Command(
    name = "plugins",
    description = PluginsCommand.DESCRIPTION,
    footer = {
      "",
      "Plugins that have a folder of their own are looked for in --plugins DIR,",
      "$POSTERN_PLUGINS, the distribution's plugins and ~/.local/share/postern/plugins."
    })
public final class PluginsCommand extends ReportingCommand {
  public static final String DESCRIPTION =
      "Lists the plugins that are installed, and what is wrong with them.";

  public PluginsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    try (Routes routes = surroundings().loader().load(Optional.empty(), new AbsentPerson())) {
      List<InstalledPlugin> plugins = routes.plugins();
      boolean sound = plugins.stream().allMatch(InstalledPlugin::isSound);
      tell(plugins, sound);
      return sound ? ExitCodes.OK : ExitCodes.PROBLEMS;
    }
  }

  private void tell(List<InstalledPlugin> plugins, boolean sound) {
    if (json()) {
      surroundings()
          .printer()
          .println(
              Json.text(
                  Map.of(
                      "ok",
                      sound,
                      "plugins",
                      plugins.stream().map(PluginReport::fields).toList())));
      return;
    }
    surroundings().printer().print(PluginReport.table(plugins));
    plugins.stream()
        .flatMap(plugin -> plugin.problems().stream())
        .forEach(surroundings()::complain);
  }
}

package dev.postern.cli;

import dev.postern.core.plugin.PluginStore;
import dev.postern.core.plugin.PluginStore.Installation;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code postern plugins install}. */
@Command(
    name = "install",
    description = {
      "Installs a plugin from a local file: its jar, or a zip of its jars.",
      "It goes to ~/.local/share/postern/plugins, or to --plugins DIR. Nothing is fetched."
    },
    footer = {"", "  postern plugins install acme-login-1.2.jar"})
final class PluginsInstallCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "The .jar or .zip.")
  private Path file = Path.of("");

  PluginsInstallCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    PluginStore store = new PluginStore(surroundings().plugins().toInstall());
    Installation installed = store.install(surroundings().directory().resolve(file));
    if (json()) {
      surroundings()
          .printer()
          .println(
              Json.text(
                  Map.of(
                      "ok", true,
                      "sha256", installed.sha256(),
                      "plugin", PluginReport.fields(installed.plugin()))));
      return ExitCodes.OK;
    }
    surroundings()
        .printer()
        .println(
            "%s %s is installed in %s%nSHA-256 of %s: %s"
                .formatted(
                    installed.plugin().id(),
                    installed.plugin().version(),
                    installed.plugin().location(),
                    file.getFileName(),
                    installed.sha256()));
    return ExitCodes.OK;
  }
}

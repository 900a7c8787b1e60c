package dev.postern.cli.plugins;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.report.Shown;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.plugin.PluginStore.Installation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern plugins install}. */
@Command(
    name = "install",
    description = {
      "Installs a plugin from a local file: its jar, or a zip of its jars.",
      "It goes to ~/.local/share/postern/plugins, or to --plugins DIR. Nothing is fetched."
    },
    footer = {"", "  postern plugins install acme-login-1.2.jar"})
public final class PluginsInstallCommand extends ReportingCommand {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  @Parameters(index = "0", paramLabel = "FILE", description = "The .jar or .zip.")
  private Path file = Path.of("");

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "The file's SHA-256; with another, nothing of it is loaded or installed.")
  private @Nullable String sha256;

  public PluginsInstallCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    Installation installed =
        store().install(surroundings().directory().resolve(file), expected(), this::show);
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
            "%s %s is installed in %s"
                .formatted(
                    installed.plugin().id(),
                    installed.plugin().version(),
                    installed.plugin().location()));
    return ExitCodes.OK;
  }

  private Optional<String> expected() {
    if (sha256 == null || DIGEST.matcher(sha256).matches()) {
      return Optional.ofNullable(sha256);
    }
    throw CommandLineProblem.badDestination(
        "--sha256 %s: expected 64 hexadecimal digits".formatted(Shown.text(sha256)));
  }

  /** Before anything is loaded, for whoever compares it by eye. */
  private void show(String digest) {
    if (!json()) {
      surroundings()
          .printer()
          .println(
              "SHA-256 of %s: %s".formatted(Shown.text(file.getFileName().toString()), digest));
    }
  }
}

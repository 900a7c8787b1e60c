package dev.postern.cli.plugins;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.person.AbsentPerson;
import dev.postern.core.plugin.PluginStore;
import dev.postern.plugin.InstalledPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code postern plugins lock}. */
@Command(
    name = "lock",
    description = {
      "Prints each jar of each plugin with its SHA-256: id, version, API level, digest, file.",
      "A distribution carries this as plugins.lock."
    })
public final class PluginsLockCommand extends ReportingCommand {
  public PluginsLockCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws IOException {
    try (Routes routes = surroundings().loader().load(Optional.empty(), new AbsentPerson())) {
      List<Map<String, String>> entries = new ArrayList<>();
      for (InstalledPlugin plugin : routes.plugins()) {
        for (Path jar : jars(plugin)) {
          entries.add(
              Map.of(
                  "id", plugin.id(),
                  "version", plugin.version(),
                  "api", plugin.apiLevel(),
                  "sha256", PluginStore.sha256(jar),
                  "file", String.valueOf(jar.getFileName())));
        }
      }
      tell(entries);
    }
    return ExitCodes.OK;
  }

  private void tell(List<Map<String, String>> entries) {
    if (json()) {
      surroundings().printer().println(Json.text(Map.of("ok", true, "plugins", entries)));
      return;
    }
    surroundings().printer().println("# id version api-level sha-256 file");
    entries.stream()
        .map(
            entry ->
                String.join(
                    " ",
                    entry.get("id"),
                    entry.get("version"),
                    entry.get("api"),
                    entry.get("sha256"),
                    entry.get("file")))
        .sorted()
        .forEach(surroundings().printer()::println);
  }

  private static List<Path> jars(InstalledPlugin plugin) throws IOException {
    Path place = Path.of(plugin.location());
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (plugin.bundled() || !Files.isDirectory(place)) {
      return List.of(); // classes of a build, which are no jar
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}

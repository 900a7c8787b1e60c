package dev.postern.cli.plugins;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.report.Table;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.person.AbsentPerson;
import dev.postern.plugin.KeyDescription;
import dev.postern.plugin.TypeDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code postern plugins describe}. */
@Command(
    name = "describe",
    description = "Shows every key that the settings of a type can have.",
    footer = {"", "  postern plugins describe publickey"})
public final class PluginsDescribeCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "TYPE", description = "A type as a route names it: totp.")
  private String type = "";

  public PluginsDescribeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    try (Routes routes = surroundings().loader().load(Optional.empty(), new AbsentPerson())) {
      List<TypeDescription> described = routes.describe(type);
      if (json()) {
        surroundings()
            .printer()
            .println(
                Json.text(
                    Map.of(
                        "ok",
                        true,
                        "types",
                        described.stream().map(PluginsDescribeCommand::fields).toList())));
      } else {
        show(described.get(0));
        for (TypeDescription another : described.subList(1, described.size())) {
          surroundings().printer().println();
          show(another);
        }
      }
      return ExitCodes.OK;
    }
  }

  private void show(TypeDescription described) {
    surroundings()
        .printer()
        .println(
            "%s, of the plugin %s. %s"
                .formatted(described.type(), described.plugin(), described.meaning())
                .strip());
    if (described.keys().isEmpty()) {
      surroundings().printer().println("It has no settings.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KEY", "TYPE", "DEFAULT", "MEANING", "EXAMPLE"));
    for (KeyDescription key : described.keys()) {
      rows.add(
          List.of(
              key.key(),
              key.type(),
              key.required() ? "required" : key.defaultValue().orElse("-"),
              key.meaning(),
              key.example()));
    }
    surroundings().printer().print(Table.text(rows));
  }

  private static Map<String, Object> fields(TypeDescription described) {
    return Map.of(
        "type", described.type().name(),
        "kind", described.type().kind().toString(),
        "plugin", described.plugin(),
        "meaning", described.meaning(),
        "keys", described.keys().stream().map(PluginsDescribeCommand::fields).toList());
  }

  private static Map<String, Object> fields(KeyDescription key) {
    return Map.of(
        "key", key.key(),
        "type", key.type(),
        "default", key.defaultValue().orElse(""),
        "required", key.required(),
        "secret", key.secret(),
        "meaning", key.meaning(),
        "example", key.example());
  }
}

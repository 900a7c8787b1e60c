package dev.postern.cli;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.report.Table;
import dev.postern.cli.surroundings.Onlooker;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.cli.target.Target;
import dev.postern.route.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code postern explain}. */
@Command(name = "explain", description = ExplainCommand.DESCRIPTION)
final class ExplainCommand extends ReportingCommand {
  static final String DESCRIPTION =
      "Shows a route as it will be used, with the origin of each value, secrets masked.";

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @ArgGroup(validate = false, heading = AdHocOptions.HEADING)
  private AdHocOptions adHoc = new AdHocOptions();

  @Parameters(
      index = "0",
      paramLabel = "ROUTE",
      description =
          "A route, a group as @GROUP (its first target), or a server: [user@]host[:port].")
  private String destination = "";

  ExplainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    try (Routes routes = surroundings().loader().load(file, new Onlooker(surroundings()))) {
      boolean group =
          destination.startsWith("@") && routes.groups().contains(destination.substring(1));
      tell(
          group
              ? routes.explain(destination)
              : Target.of(destination, adHoc, routes, surroundings(), file).explain(routes));
    }
    return ExitCodes.OK;
  }

  private void tell(Explanation explanation) {
    if (json()) {
      List<Map<String, String>> settings =
          explanation.settings().stream()
              .map(
                  setting ->
                      Map.of(
                          "path", setting.path(),
                          "value", setting.value(),
                          "origin", setting.origin()))
              .toList();
      surroundings()
          .printer()
          .println(
              Json.text(Map.of("ok", true, "route", explanation.route(), "settings", settings)));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    explanation
        .settings()
        .forEach(setting -> rows.add(List.of(setting.path(), setting.value(), setting.origin())));
    surroundings().printer().print(Table.text(rows));
  }
}

package dev.postern.cli;

import dev.postern.cli.command.FailureReport;
import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Onlooker;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code postern check}. */
@Command(name = "check", description = CheckCommand.DESCRIPTION)
final class CheckCommand extends ReportingCommand {
  static final String DESCRIPTION =
      "Validates the whole configuration without connecting to anything.";

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The file to check.")
  private @Nullable Path file;

  CheckCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    ConfigurationFile search = new ConfigurationFile(surroundings());
    Path found =
        search
            .find(file == null ? configuration.file() : file)
            .orElseThrow(
                () ->
                    CommandLineProblem.of(
                        Code.CONFIG_NOT_FOUND,
                        "there is no configuration: neither of " + search.places()));
    List<String> names = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    try (Routes routes =
        surroundings().loader().load(Optional.of(found), new Onlooker(surroundings()))) {
      names.addAll(routes.names());
      groups.addAll(routes.groups());
      problems.addAll(routes.problems());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    tell(found, names, groups, problems);
    return problems.isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEMS;
  }

  private void tell(
      Path found, List<String> names, List<String> groups, List<ConfigProblem> problems) {
    PrintStream printer = surroundings().printer();
    if (json()) {
      printer.println(
          Json.text(
              Map.of(
                  "ok", problems.isEmpty(),
                  "configuration", found.toString(),
                  "routes", names,
                  "groups", groups,
                  "problems", FailureReport.problems(problems))));
      return;
    }
    problems.forEach(surroundings()::complain);
    if (problems.isEmpty()) {
      String routes =
          names.isEmpty()
              ? "no routes"
              : (names.size() == 1 ? "route " : "routes ") + String.join(", ", names);
      String also =
          groups.isEmpty()
              ? ""
              : (groups.size() == 1 ? "; group " : "; groups ") + String.join(", ", groups);
      printer.println("%s: %s%s; no problems".formatted(found, routes, also));
    }
  }
}

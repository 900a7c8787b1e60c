package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.problem.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern check [FILE]}. */
@Command(
    name = "check",
    description = "Validates a whole configuration without connecting.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration; else the usual one.")
  private @Nullable Path file;

  @ArgGroup(validate = false)
  private ConfigOptions config = new ConfigOptions();

  @Option(names = "--json", description = "Report in JSON.")
  private boolean json;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path checked = file != null ? file : config.require(console);
    try (Postern postern = config.builder(console, true).configuration(checked).build()) {
      if (json) {
        console.printJson(
            Map.of(
                "ok",
                true,
                "file",
                checked.toString(),
                "routes",
                postern.routes(),
                "problems",
                List.of()));
      } else {
        console.print("%s: %d routes, no problems".formatted(checked, postern.routes().size()));
      }
      return 0;
    } catch (ConfigException e) {
      if (json) {
        console.printJson(
            Map.of(
                "ok", false, "file", checked.toString(), "problems", Json.problems(e.problems())));
      } else {
        e.problems().forEach(problem -> console.say(problem.toString()));
      }
      return 1;
    }
  }
}

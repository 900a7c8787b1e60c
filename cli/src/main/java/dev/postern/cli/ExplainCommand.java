package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern explain ROUTE}. */
@Command(
    name = "explain",
    description =
        "Shows a route as it will be used, with the origin of each value; secrets are masked.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RouteOptions route = new RouteOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Postern postern = route.postern(console)) {
      Optional<Route> adHoc = route.adHoc();
      Explanation explanation =
          adHoc.isPresent() ? postern.explain(adHoc.get()) : postern.explain(route.name());
      if (route.isJson()) {
        console.printJson(
            Map.of("route", explanation.route(), "settings", Json.settings(explanation)));
        return 0;
      }
      int width =
          explanation.settings().stream()
              .mapToInt(setting -> setting.path().length())
              .max()
              .orElse(0);
      for (Explanation.Setting setting : explanation.settings()) {
        console.print(
            ("%-" + Math.max(1, width) + "s = %s   (%s)")
                .formatted(setting.path(), setting.value(), setting.origin()));
      }
      return 0;
    }
  }
}

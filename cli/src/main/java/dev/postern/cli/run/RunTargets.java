package dev.postern.cli.run;

import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.AdHocRoute;
import dev.postern.cli.target.Target;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.Code;
import dev.postern.route.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On which targets {@code run} works. */
final class RunTargets {
  @Option(
      names = "-w",
      paramLabel = "TARGETS",
      description =
          "Targets such as web[01-20],db1; those that are in a group have its settings. Also @GROUP and ^FILE.")
  private List<String> names = new ArrayList<>();

  @Option(names = "-g", paramLabel = "GROUP", description = "All targets of a group.")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "Targets in a file, one a line.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "-x", paramLabel = "TARGETS", description = "Leaves these out.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--via",
      paramLabel = "ROUTE",
      description = "The route that leads to targets that are in no group.")
  private @Nullable String via;

  boolean areGiven() {
    return !names.isEmpty() || !groups.isEmpty() || !files.isEmpty();
  }

  /** Those of groups by their groups, all others by the letters of ssh. */
  List<FleetTarget> choose(
      Routes routes, AdHocOptions adHoc, Surroundings surroundings, boolean batch)
      throws IOException {
    Map<String, List<String>> known = new LinkedHashMap<>();
    for (String group : routes.groups()) {
      known.put(group, routes.targets(group).stream().map(FleetTarget::name).toList());
    }
    Selection selection = new Selection(known, name -> surroundings.directory().resolve(name));
    for (String group : groups) {
      for (String one : group.split(",")) {
        selection.addGroup(one.startsWith("@") ? one.substring(1) : one);
      }
    }
    for (String text : names) {
      selection.add(text);
    }
    for (Path file : files) {
      selection.add("^" + file);
    }
    for (String text : excluded) {
      selection.remove(text);
    }
    if (selection.chosen().isEmpty()) {
      throw CommandLineProblem.of(Code.FLEET_BAD_TARGETS, "no target is left");
    }
    return targets(selection.chosen(), routes, adHoc, surroundings, batch);
  }

  private List<FleetTarget> targets(
      Map<String, Optional<String>> chosen,
      Routes routes,
      AdHocOptions adHoc,
      Surroundings surroundings,
      boolean batch) {
    boolean canAsk = surroundings.distribution().isPostern() || Target.canAsk(routes);
    AdHocRoute adHocRoute = new AdHocRoute(adHoc, surroundings.directory(), canAsk && !batch, true);
    boolean ownWay = adHoc.areGiven() || via != null;
    if (via != null && !adHoc.jumps().isEmpty()) {
      throw CommandLineProblem.badDestination("--via and -J are two ways to the same targets");
    }
    List<FleetTarget> targets = new ArrayList<>();
    chosen.forEach(
        (name, group) -> {
          if (group.isPresent() && !ownWay) {
            targets.add(FleetTarget.ofGroup(group.get(), name));
          } else if (group.isPresent() && groups.contains(group.get())) {
            throw CommandLineProblem.badDestination(
                "'%s' is a group of the configuration, where its settings stand; --via, -J, -l, -p, -i and -o are for other targets"
                    .formatted(group.get()));
          } else {
            Route route = adHocRoute.to(name);
            targets.add(
                via == null ? FleetTarget.of(name, route) : FleetTarget.behind(via, name, route));
          }
        });
    return targets;
  }
}

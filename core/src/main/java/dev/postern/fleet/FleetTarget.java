package dev.postern.fleet;

import static java.util.Objects.requireNonNull;

import dev.postern.route.Route;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One server on which a command is run. Its name is what events and questions call it.
 *
 * @param name unique in a run
 * @param group the group of the configuration whose settings it has; empty for one written in code
 * @param via the route of the configuration that leads to it; empty if the way is in its own route,
 *     or in its group
 * @param route its hop, and the hops on the way if {@code via} is empty; empty for one of a group
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record FleetTarget(
    String name, Optional<String> group, Optional<String> via, Optional<Route> route) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name cannot be a target's
   */
  public FleetTarget {
    requireNonNull(group, "group is null");
    requireNonNull(via, "via is null");
    if (requireNonNull(route, "route is null").isPresent() == group.isPresent()) {
      throw new IllegalArgumentException("a target has a group or a route");
    }
    TargetNames.expectName(requireNonNull(name, "name is null"));
  }

  /** A target at the end of a route. Targets whose hops on the way are equal share them. */
  public static FleetTarget of(String name, Route route) {
    return new FleetTarget(name, Optional.empty(), Optional.empty(), Optional.of(route));
  }

  /** A target behind a route of the configuration; its own route holds what comes after that. */
  public static FleetTarget behind(String via, String name, Route route) {
    return new FleetTarget(name, Optional.empty(), Optional.of(via), Optional.of(route));
  }

  /** A target of a group of the configuration. */
  public static FleetTarget ofGroup(String group, String name) {
    return new FleetTarget(name, Optional.of(group), Optional.empty(), Optional.empty());
  }
}

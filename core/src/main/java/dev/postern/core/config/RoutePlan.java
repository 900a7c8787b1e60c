package dev.postern.core.config;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.ForwardSpec;
import java.util.List;

/**
 * A route, bound and validated.
 *
 * @param name as in the configuration
 * @param hops in order, never empty
 * @param forwards to open with the circuit
 * @param reconnect how it is opened anew while it is supervised
 */
public record RoutePlan(
    String name, List<HopPlan> hops, List<ForwardSpec> forwards, Reconnect reconnect) {
  public RoutePlan {
    hops = List.copyOf(hops);
    forwards = List.copyOf(forwards);
  }

  /** The same hops alone. */
  public RoutePlan withoutForwards() {
    return with(hops);
  }

  /**
   * The hops before the last, without forwards.
   *
   * @throws ConfigException if there is none
   */
  public RoutePlan beforeLast() {
    if (hops.size() == 1) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  Code.CONFIG_BAD_DESTINATION,
                  "",
                  "",
                  "the route '%s' has one hop, and nothing before it".formatted(name))));
    }
    return with(hops.subList(0, hops.size() - 1));
  }

  /** Other hops, without forwards. */
  public RoutePlan with(List<HopPlan> others) {
    return new RoutePlan(name, others, List.of(), reconnect);
  }
}

package dev.postern.core.config;

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

  /** Other hops, without forwards. */
  public RoutePlan with(List<HopPlan> others) {
    return new RoutePlan(name, others, List.of(), reconnect);
  }
}

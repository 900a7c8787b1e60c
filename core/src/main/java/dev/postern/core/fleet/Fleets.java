package dev.postern.core.fleet;

import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.config.RouteBook;
import dev.postern.core.config.TargetPlan;
import dev.postern.core.config.TargetPlans;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Begins runs. */
public final class Fleets {
  /** For the listener, and for what is to be decided. */
  private static final int THREADS = 2;

  private Fleets() {}

  /**
   * Plans the way to every target, then begins.
   *
   * @param opener asked for only when all plans are right
   * @throws ConfigException with everything that is wrong with the ways to the targets
   */
  public static FleetRun begin(
      RouteBook routes, Supplier<CircuitOpener> opener, FleetOrder order, FleetListener listener) {
    Answers answers = new Answers();
    Authorities authorities = new Authorities(answers);
    TargetPlans plans = routes.targetPlans(answers);
    List<Member> members = new ArrayList<>();
    Set<ConfigProblem> problems = new LinkedHashSet<>();
    for (FleetTarget target : order.targets()) {
      try {
        TargetPlan way = plans.plan(target);
        members.add(new Member(target, way, order.connectTimeout(), answers, authorities));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(List.copyOf(problems));
    }
    FleetRunner runner =
        new FleetRunner(opener.get(), order, members, listener, executor(), answers, authorities);
    runner.changed();
    return runner;
  }

  private static ExecutorService executor() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "postern-fleet-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}

package dev.postern.cli.target;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.Shown;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.util.Optional;
import java.util.function.Consumer;

/** What is to be opened. */
public sealed interface Target {
  Circuit open(Routes routes) throws CircuitException, InterruptedException;

  /** Opens it for what runs something, or copies, at once. */
  Circuit openToRun(Routes routes) throws CircuitException, InterruptedException;

  /** Opens the hops before the last, for a program that signs in to the last by itself. */
  Circuit openBeforeLast(Routes routes) throws CircuitException, InterruptedException;

  /** Keeps it open; the listener is told of each change. */
  Supervision supervise(Routes routes, Consumer<SupervisionEvent> listener);

  Explanation explain(Routes routes);

  /** A route of the configuration. */
  record Named(String name) implements Target {
    @Override
    public Circuit open(Routes routes) throws CircuitException, InterruptedException {
      return routes.open(name);
    }

    @Override
    public Circuit openToRun(Routes routes) throws CircuitException, InterruptedException {
      return routes.openToRun(name);
    }

    @Override
    public Circuit openBeforeLast(Routes routes) throws CircuitException, InterruptedException {
      return routes.openBeforeLast(name);
    }

    @Override
    public Supervision supervise(Routes routes, Consumer<SupervisionEvent> listener) {
      return routes.supervise(name, listener);
    }

    @Override
    public Explanation explain(Routes routes) {
      return routes.explain(name);
    }
  }

  /** A route of the command line. */
  record AdHoc(Route route) implements Target {
    @Override
    public Circuit open(Routes routes) throws CircuitException, InterruptedException {
      return routes.open(route);
    }

    @Override
    public Circuit openToRun(Routes routes) throws CircuitException, InterruptedException {
      return routes.openToRun(route);
    }

    @Override
    public Circuit openBeforeLast(Routes routes) throws CircuitException, InterruptedException {
      return routes.openBeforeLast(route);
    }

    @Override
    public Supervision supervise(Routes routes, Consumer<SupervisionEvent> listener) {
      return routes.supervise(route, listener);
    }

    @Override
    public Explanation explain(Routes routes) {
      return routes.explain(route);
    }
  }

  /**
   * A route if there is one of that name; else a destination, if the text or the options say so.
   *
   * @throws ConfigException if it is neither, or both
   */
  static Target of(
      String text,
      AdHocOptions options,
      Routes routes,
      Surroundings surroundings,
      Optional<?> configuration) {
    if (routes.names().contains(text)) {
      if (options.areGiven()) {
        throw CommandLineProblem.badDestination(
            "'%s' is a route of the configuration, where its settings stand; -J, -l, -p, -i and -o are for other destinations"
                .formatted(text));
      }
      return new Named(text);
    }
    if (options.areGiven() || Destination.isUnmistakable(text)) {
      boolean asks = surroundings.distribution().isPostern() || canAsk(routes);
      return new AdHoc(new AdHocRoute(options, surroundings.directory(), asks).to(text));
    }
    if (configuration.isEmpty()) {
      throw CommandLineProblem.of(
          Code.CONFIG_NOT_FOUND,
          "no route '%s', because there is no configuration: neither of %s. For a destination without one, write user@host"
              .formatted(Shown.text(text), new ConfigurationFile(surroundings).places()));
    }
    return new Named(text);
  }

  /** A distribution can be without: then keys are all that is tried. */
  static boolean canAsk(Routes routes) {
    try {
      return !routes.describe("interactive").isEmpty();
    } catch (ConfigException e) {
      return e.problems().get(0).code() != Code.PLUGIN_UNKNOWN_TYPE;
    }
  }
}

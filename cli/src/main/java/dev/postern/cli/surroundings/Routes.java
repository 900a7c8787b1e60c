package dev.postern.cli.surroundings;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import dev.postern.api.secret.Secret;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The library as the commands use it: a seam, so that they can be tested without a server. */
public interface Routes extends AutoCloseable {
  List<String> names();

  List<ConfigProblem> problems();

  List<String> groups();

  List<FleetTarget> targets(String group);

  FleetRun run(FleetOrder order, FleetListener listener);

  Circuit open(String route) throws CircuitException, InterruptedException;

  Circuit open(Route route) throws CircuitException, InterruptedException;

  /** For what runs something, or copies, at once. */
  default Circuit openToRun(String route) throws CircuitException, InterruptedException {
    return open(route);
  }

  /** For what runs something, or copies, at once. */
  default Circuit openToRun(Route route) throws CircuitException, InterruptedException {
    return open(route);
  }

  Circuit openBeforeLast(String route) throws CircuitException, InterruptedException;

  Circuit openBeforeLast(Route route) throws CircuitException, InterruptedException;

  Supervision supervise(String route, Consumer<SupervisionEvent> listener);

  Supervision supervise(Route route, Consumer<SupervisionEvent> listener);

  Explanation explain(String route);

  Explanation explain(Route route);

  Secret secret(String hocon);

  List<InstalledPlugin> plugins();

  List<ConfigProblem> pluginConflicts();

  List<TypeDescription> describe(String type);

  @Override
  void close();

  /** Loads a configuration, or none. */
  @FunctionalInterface
  interface Loader {
    /** With or without the forwards of the routes that are opened. */
    Routes load(
        Optional<Path> configuration, Person person, Consumer<HopInfo> hopBegun, boolean forwards);

    /** For what opens nothing. */
    default Routes load(Optional<Path> configuration, Person person) {
      return load(configuration, person, hop -> {}, false);
    }
  }
}

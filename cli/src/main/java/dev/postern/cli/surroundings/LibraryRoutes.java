package dev.postern.cli.surroundings;

import dev.postern.Postern;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The real library. */
public final class LibraryRoutes implements Routes {
  private final Postern postern;

  private LibraryRoutes(Postern postern) {
    this.postern = postern;
  }

  public static Routes load(
      Map<String, String> environment,
      List<Path> pluginFolders,
      Optional<Path> configuration,
      Person person,
      Consumer<HopInfo> hopBegun,
      boolean forwards) {
    Postern.Builder builder =
        Postern.builder().environment(environment).person(person).onHop(hopBegun);
    pluginFolders.forEach(builder::pluginFolder);
    String home = environment.getOrDefault("HOME", "");
    if (!home.isEmpty()) {
      builder.home(Path.of(home));
    }
    configuration.ifPresent(builder::configuration);
    if (!forwards) {
      builder.withoutForwards();
    }
    return new LibraryRoutes(builder.build());
  }

  @Override
  public List<String> names() {
    return postern.routes();
  }

  @Override
  public List<ConfigProblem> problems() {
    return postern.problems();
  }

  @Override
  public List<String> groups() {
    return postern.groups();
  }

  @Override
  public List<FleetTarget> targets(String group) {
    return postern.targets(group);
  }

  @Override
  public FleetRun run(FleetOrder order, FleetListener listener) {
    return postern.run(order, listener);
  }

  @Override
  public Circuit open(String route) throws CircuitException, InterruptedException {
    return postern.open(route);
  }

  @Override
  public Circuit open(Route route) throws CircuitException, InterruptedException {
    return postern.open(route);
  }

  @Override
  public Circuit openToRun(String route) throws CircuitException, InterruptedException {
    return postern.openToRun(route);
  }

  @Override
  public Circuit openToRun(Route route) throws CircuitException, InterruptedException {
    return postern.openToRun(route);
  }

  @Override
  public Circuit openBeforeLast(String route) throws CircuitException, InterruptedException {
    return postern.openBeforeLast(route);
  }

  @Override
  public Circuit openBeforeLast(Route route) throws CircuitException, InterruptedException {
    return postern.openBeforeLast(route);
  }

  @Override
  public Supervision supervise(String route, Consumer<SupervisionEvent> listener) {
    return postern.supervise(route, listener);
  }

  @Override
  public Supervision supervise(Route route, Consumer<SupervisionEvent> listener) {
    return postern.supervise(route, listener);
  }

  @Override
  public Explanation explain(String route) {
    return postern.explain(route);
  }

  @Override
  public Explanation explain(Route route) {
    return postern.explain(route);
  }

  @Override
  public Secret secret(String hocon) {
    return postern.secret(hocon);
  }

  @Override
  public List<InstalledPlugin> plugins() {
    return postern.plugins();
  }

  @Override
  public List<ConfigProblem> pluginConflicts() {
    return postern.pluginConflicts();
  }

  @Override
  public List<TypeDescription> describe(String type) {
    return postern.describe(type);
  }

  @Override
  public void close() {
    postern.close();
  }
}

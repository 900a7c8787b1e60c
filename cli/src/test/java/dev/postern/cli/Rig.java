package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import dev.postern.api.secret.Secret;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.TerminalModes;
import dev.postern.cli.surroundings.Distribution;
import dev.postern.cli.surroundings.PluginPlaces;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Screen;
import dev.postern.cli.surroundings.Signals;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.surroundings.Terminals;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs commands over a library that does what the test says. */
final class Rig implements Routes, Signals, Screen {
  final FakeCircuit circuit = new FakeCircuit();
  final Map<String, String> environment = new HashMap<>();
  final Map<String, Runnable> signals = new ConcurrentHashMap<>();
  final List<String> names = new ArrayList<>(List.of("db"));
  final List<Explanation.Setting> settings = new ArrayList<>();
  final List<InstalledPlugin> plugins = new ArrayList<>();
  final List<ConfigProblem> routeProblems = new ArrayList<>();
  final List<ConfigProblem> conflicts = new ArrayList<>();
  final List<TypeDescription> types = new ArrayList<>();
  final Map<String, List<String>> groups = new LinkedHashMap<>();
  final List<FleetOrder> orders = new ArrayList<>();
  FakeFleet fleet = new FakeFleet();
  final List<Object> opened = new ArrayList<>();
  final List<Optional<Path>> configurations = new ArrayList<>();
  final List<String> secrets = new ArrayList<>();
  final List<Boolean> withForwards = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<Boolean> persons = new ArrayList<>();
  final ByteArrayOutputStream output = new ByteArrayOutputStream();
  final ByteArrayOutputStream error = new ByteArrayOutputStream();
  OutputStream standardOutput = output;
  InputStream input = InputStream.nullInputStream();
  Terminals terminals = Terminals.NONE;
  Path directory = Path.of("/nowhere/folder");
  Path home = Path.of("/nowhere/home");
  Distribution distribution = Distribution.ofPostern();
  CircuitException failure;
  volatile Consumer<SupervisionEvent> events = event -> {};
  ConfigException problems;
  Size size = new Size(120, 40);
  TerminalModes modes = TerminalModes.usual();
  volatile boolean rawNow;
  int rawTimes;
  volatile int stops;

  int run(String... arguments) {
    return Main.run(
        new Surroundings(
            input,
            standardOutput,
            new PrintStream(error, true, UTF_8),
            environment,
            directory,
            home,
            terminals,
            this,
            this,
            distribution,
            new PluginPlaces(environment, home, distribution.folder()),
            this::load),
        arguments);
  }

  Rig reads(String text) {
    input = new ByteArrayInputStream(text.getBytes(UTF_8));
    return this;
  }

  String output() {
    return output.toString(UTF_8);
  }

  String error() {
    return error.toString(UTF_8);
  }

  private Routes load(
      Optional<Path> configuration, Person person, Consumer<HopInfo> hopBegun, boolean forwards) {
    withForwards.add(forwards);
    configurations.add(configuration);
    persons.add(person.isPresent());
    warnings.forEach(person::tell);
    if (problems != null) {
      throw problems;
    }
    hopBegun.accept(FakeCircuit.HOP);
    return this;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  @Override
  public List<FleetTarget> targets(String group) {
    return groups.get(group).stream().map(name -> FleetTarget.ofGroup(group, name)).toList();
  }

  @Override
  public FleetRun run(FleetOrder order, FleetListener listener) {
    orders.add(order);
    return fleet.run(order, listener);
  }

  @Override
  public Circuit open(String route) throws CircuitException {
    return open((Object) route);
  }

  @Override
  public Circuit open(Route route) throws CircuitException {
    return open((Object) route);
  }

  @Override
  public Circuit openBeforeLast(String route) throws CircuitException {
    return open((Object) ("before the last of " + route));
  }

  @Override
  public Circuit openBeforeLast(Route route) throws CircuitException {
    return openBeforeLast(route.name());
  }

  private Circuit open(Object what) throws CircuitException {
    opened.add(what);
    if (failure != null) {
      throw failure;
    }
    return circuit;
  }

  @Override
  public Supervision supervise(String route, Consumer<SupervisionEvent> listener) {
    return supervise((Object) route, listener);
  }

  @Override
  public Supervision supervise(Route route, Consumer<SupervisionEvent> listener) {
    return supervise((Object) route, listener);
  }

  private Supervision supervise(Object what, Consumer<SupervisionEvent> listener) {
    opened.add(what);
    events = listener;
    return new FakeSupervision(circuit, Optional.ofNullable(failure));
  }

  @Override
  public Explanation explain(String route) {
    return new Explanation(route, settings);
  }

  @Override
  public Explanation explain(Route route) {
    return new Explanation(route.name(), settings);
  }

  @Override
  public Secret secret(String hocon) {
    secrets.add(hocon);
    return Secret.of("123456");
  }

  @Override
  public List<ConfigProblem> problems() {
    return List.copyOf(routeProblems);
  }

  @Override
  public List<ConfigProblem> pluginConflicts() {
    return conflicts;
  }

  @Override
  public List<TypeDescription> describe(String type) {
    return types;
  }

  @Override
  public List<InstalledPlugin> plugins() {
    return plugins;
  }

  @Override
  public void close() {}

  @Override
  public void on(String name, Runnable action) {
    signals.put(name, action);
  }

  @Override
  public Size size() {
    return size;
  }

  @Override
  public TerminalModes modes() {
    return modes;
  }

  @Override
  public Mode mode() {
    return new Mode() {
      @Override
      public void raw() {
        rawNow = true;
        rawTimes++;
      }

      @Override
      public void restore() {
        rawNow = false;
      }
    };
  }

  @Override
  public void stop() {
    stops++;
  }
}

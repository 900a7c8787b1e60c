package dev.postern;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.Secret;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.core.config.ConfigEnvironment;
import dev.postern.core.config.PluginCatalog;
import dev.postern.core.config.RouteBook;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.config.UsualPlaces;
import dev.postern.core.context.CoreContext;
import dev.postern.core.context.SystemTime;
import dev.postern.core.context.UsedCodes;
import dev.postern.core.fleet.Fleets;
import dev.postern.core.person.AbsentPerson;
import dev.postern.core.person.OneAtATime;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.core.wire.CircuitRuntime;
import dev.postern.event.CircuitListener;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Opens routes. One instance serves a whole application: it owns the threads, and circuits of one
 * instance share hops. Safe for use by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class Postern implements AutoCloseable {
  private final RouteBook routes;
  private final PluginRegistry plugins;
  private final PluginContext services;
  private final Consumer<HopInfo> hopBegun;
  private final List<CircuitListener> listeners;
  private final boolean opensForwards;
  private @Nullable CircuitRuntime runtime;
  private boolean closed;

  private Postern(
      RouteBook routes,
      PluginRegistry plugins,
      PluginContext services,
      Consumer<HopInfo> hopBegun,
      List<CircuitListener> listeners,
      boolean opensForwards) {
    this.listeners = List.copyOf(listeners);
    this.routes = routes;
    this.plugins = plugins;
    this.services = services;
    this.hopBegun = hopBegun;
    this.opensForwards = opensForwards;
  }

  /**
   * Reads and validates a configuration file.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static Postern load(Path configuration) {
    return builder().configuration(configuration).build();
  }

  /**
   * Has this process load what the first opening needs last, on the calling thread: the SSH client
   * and its cryptography. Everything works without. A program that starts for one circuit calls it
   * from a thread of its own while it finds out what to open. Reads no configuration, contacts
   * nobody, and leaves no thread behind; what fails is left for the opening to say.
   */
  public static void warmUp() {
    CircuitRuntime.warmUp();
  }

  /** For everything else than the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The names of the routes, in the order of the file. */
  public List<String> routes() {
    return routes.names();
  }

  /**
   * What is wrong with routes of the configuration because of their plugins: one that is missing,
   * broken, or does not take its settings. Everything else was reported when the configuration was
   * read. A route with a problem cannot be opened; the others can.
   */
  public List<ConfigProblem> problems() {
    return routes.problems();
  }

  /**
   * Opens a route of the configuration. Returns when every hop has let us in.
   *
   * @throws ConfigException if there is no such route ({@code PST-C005})
   * @throws CircuitException if a hop cannot be passed; it names the hop, the phase and a code, and
   *     carries the trail; nothing is left open
   * @throws InterruptedException if the calling thread is interrupted; the opening is given up
   */
  public Circuit open(String route) throws CircuitException, InterruptedException {
    return await(openAsync(route));
  }

  /**
   * Begins to open a route. Cancelling the future ends the attempt and leaves nothing behind. It
   * fails with a {@link CircuitException}, and completes on a thread of the library.
   *
   * @throws ConfigException if there is no such route, or its plugins are missing or broken
   */
  public CompletableFuture<Circuit> openAsync(String route) {
    return open(routes.plan(route));
  }

  /**
   * Opens a route written in code.
   *
   * @throws ConfigException if its settings do not hold
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   */
  public Circuit open(Route route) throws CircuitException, InterruptedException {
    return await(openAsync(route));
  }

  /** Begins to open a route written in code. */
  public CompletableFuture<Circuit> openAsync(Route route) {
    return open(routes.plan(route));
  }

  /**
   * Opens a route to run something on its last hop at once, or to copy files. The same as {@link
   * #open(String)}, and one round trip faster where the server is known: the channel for it is
   * asked for in the same breath as the sign-in.
   *
   * @throws ConfigException if there is no such route ({@code PST-C005})
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   * @throws InterruptedException if the calling thread is interrupted; the opening is given up
   */
  public Circuit openToRun(String route) throws CircuitException, InterruptedException {
    return await(openToRun(routes.plan(route)));
  }

  /**
   * The same for a route written in code.
   *
   * @throws ConfigException if its settings do not hold
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   * @throws InterruptedException if the calling thread is interrupted; the opening is given up
   */
  public Circuit openToRun(Route route) throws CircuitException, InterruptedException {
    return await(openToRun(routes.plan(route)));
  }

  /**
   * Opens the hops of a route before its last, without forwards: for a program that connects to the
   * last from there, and signs in by itself. Nothing of the last hop's plan is used.
   *
   * @throws ConfigException if there is no such route ({@code PST-C005}), or it has one hop alone
   *     ({@code PST-C009})
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   * @throws InterruptedException if the calling thread is interrupted; the opening is given up
   */
  public Circuit openBeforeLast(String route) throws CircuitException, InterruptedException {
    return await(open(routes.plan(route).beforeLast()));
  }

  /**
   * The same for a route written in code.
   *
   * @throws ConfigException if its settings do not hold, or it has one hop alone ({@code PST-C009})
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   * @throws InterruptedException if the calling thread is interrupted; the opening is given up
   */
  public Circuit openBeforeLast(Route route) throws CircuitException, InterruptedException {
    return await(open(routes.plan(route).beforeLast()));
  }

  /**
   * Keeps a route of the configuration open, with its forwards, until it is closed: a circuit that
   * is lost is opened anew, as {@code reconnect} of the route or of the defaults says. Returns at
   * once; {@link Supervision#up} tells when the route is open.
   *
   * @param listener is told of each change, in order, on a thread of the library or the one that
   *     closes; must return at once
   * @throws ConfigException if there is no such route, or its plugins are missing or broken
   */
  public Supervision supervise(String route, Consumer<SupervisionEvent> listener) {
    return supervise(routes.plan(route), listener);
  }

  /**
   * Keeps a route written in code open.
   *
   * @throws ConfigException if its settings do not hold
   */
  public Supervision supervise(Route route, Consumer<SupervisionEvent> listener) {
    return supervise(routes.plan(route), listener);
  }

  private Supervision supervise(RoutePlan plan, Consumer<SupervisionEvent> listener) {
    return runtime().supervise(opensForwards ? plan : plan.withoutForwards(), listener);
  }

  /**
   * A route as it will be used, with the origin of each value, secrets masked; or {@code @} and the
   * name of a group, for the first of its targets. Connects to nothing.
   *
   * @throws ConfigException if there is no such route
   */
  public Explanation explain(String route) {
    return routes.explain(route);
  }

  /** The same for a route written in code. */
  public Explanation explain(Route route) {
    return routes.explain(route);
  }

  /** The names of the groups of targets, in the order of the file. */
  public List<String> groups() {
    return routes.groupNames();
  }

  /**
   * The targets of a group, in the order of the file.
   *
   * @throws ConfigException if there is no such group ({@code PST-R005})
   */
  public List<FleetTarget> targets(String group) {
    return routes.targets(group).stream().map(name -> FleetTarget.ofGroup(group, name)).toList();
  }

  /**
   * Begins to run a command on many targets. Hops that lead to several of them are opened once and
   * held until the run ends; a handful of threads serves any number of targets.
   *
   * @throws ConfigException with everything that is wrong with the ways to the targets; then
   *     nothing was opened
   */
  public FleetRun run(FleetOrder order, FleetListener listener) {
    return Fleets.begin(routes, () -> runtime().opener(), order, listener);
  }

  /**
   * A secret as a configuration writes it: {@code { env = NAME }}.
   *
   * @throws ConfigException if it cannot be understood
   */
  public Secret secret(String hocon) {
    return RouteBook.secret(hocon, new ConfigEnvironment(plugins, services));
  }

  /**
   * The plugins that are there, each loaded and looked through. One that is broken has its problems
   * with it.
   */
  public List<InstalledPlugin> plugins() {
    return new PluginCatalog(plugins).installed();
  }

  /**
   * Types that several plugins have, where the configuration does not choose one: a route that
   * names one cannot be opened.
   */
  public List<ConfigProblem> pluginConflicts() {
    return routes.plugins().conflicts();
  }

  /**
   * The installed types of that name, one for each extension point that has it, with every key that
   * their settings can have.
   *
   * @throws ConfigException if there is none ({@code PST-P001}), or it is broken
   */
  public List<TypeDescription> describe(String type) {
    return new PluginCatalog(plugins).describe(type);
  }

  /** Closes every circuit, and ends the threads. */
  @Override
  public void close() {
    CircuitRuntime running;
    synchronized (this) {
      closed = true;
      running = runtime;
      runtime = null;
    }
    if (running != null) {
      running.close();
    }
    plugins.close();
  }

  /**
   * Started when it is first needed: whoever only reads the configuration does without threads and
   * SSH.
   */
  private synchronized CircuitRuntime runtime() {
    if (closed) {
      throw new IllegalStateException("this Postern is closed");
    }
    if (runtime == null) {
      runtime = CircuitRuntime.start(services, hopBegun, listeners);
    }
    return runtime;
  }

  private CompletableFuture<Circuit> open(RoutePlan plan) {
    return runtime().opener().open(opensForwards ? plan : plan.withoutForwards());
  }

  private CompletableFuture<Circuit> openToRun(RoutePlan plan) {
    return runtime().opener().openToRun(opensForwards ? plan : plan.withoutForwards());
  }

  private static Circuit await(CompletableFuture<Circuit> opening)
      throws CircuitException, InterruptedException {
    try {
      return opening.get();
    } catch (InterruptedException e) {
      opening.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CircuitException failure) {
        throw failure;
      }
      throw new IllegalStateException("the opening failed with " + e.getCause(), e.getCause());
    }
  }

  /** Collects what an instance is made of. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Path configuration;
    private boolean findsConfiguration;
    private @Nullable Person person;
    private @Nullable Time time;
    private @Nullable Map<String, String> environment;
    private @Nullable Path home;
    private Consumer<HopInfo> hopBegun = hop -> {};
    private boolean opensForwards = true;
    private final List<CircuitListener> listeners = new ArrayList<>();
    private ClassLoader bundled = Postern.class.getClassLoader();
    private final List<Path> pluginFolders = new ArrayList<>();

    private Builder() {}

    /** The configuration file. Without one, only routes written in code can be opened. */
    public Builder configuration(Path file) {
      this.configuration = file;
      return this;
    }

    /**
     * Takes the configuration that the {@code postern} command would take where none is named: that
     * of {@code $POSTERN_CONFIG}, {@code ./postern.conf}, {@code ~/.config/postern/postern.conf}.
     * If there is none, {@link #build} fails with {@code PST-C008}; if {@code ./postern.conf} is
     * somebody else's, with {@code PST-C007}.
     */
    public Builder findConfiguration() {
      this.findsConfiguration = true;
      return this;
    }

    /** Whom to ask. Without one, nobody can be asked. */
    public Builder person(Person whom) {
      this.person = whom;
      return this;
    }

    /** The clock, for tests. */
    public Builder time(Time clock) {
      this.time = clock;
      return this;
    }

    /** The environment, in place of the process's. */
    public Builder environment(Map<String, String> variables) {
      this.environment = Map.copyOf(variables);
      return this;
    }

    /** The home directory, in place of the user's. */
    public Builder home(Path directory) {
      this.home = directory;
      return this;
    }

    /**
     * Whom to tell when a circuit begins with its next hop, to show that it goes on. Called on
     * threads of the library; must return at once, and throw nothing.
     */
    public Builder onHop(Consumer<HopInfo> begun) {
      this.hopBegun = begun;
      return this;
    }

    /**
     * Adds a listener that is told what happens to circuits, hops, requests to sign in and
     * forwards: docs/events.md.
     */
    public Builder listener(CircuitListener listener) {
      this.listeners.add(listener);
      return this;
    }

    /**
     * Adds a folder of plugins, which holds a folder for each: {@code <folder>/<id>/*.jar}. Each
     * has a class loader of its own, which shows it the JDK, the API and SLF4J. One that cannot be
     * loaded matters only to a route that names it. A folder that is not there has none; one that
     * others may write, or that is neither ours nor root's, is refused ({@code PST-P014}).
     */
    public Builder pluginFolder(Path folder) {
      this.pluginFolders.add(folder);
      return this;
    }

    /**
     * Where the plugins are that came with the application, found by {@link
     * java.util.ServiceLoader}; the class loader of this class unless said.
     */
    public Builder bundledPlugins(ClassLoader loader) {
      this.bundled = loader;
      return this;
    }

    /**
     * Opens circuits without the forwards of their routes: for a command that is run while another
     * process holds them.
     */
    public Builder withoutForwards() {
      this.opensForwards = false;
      return this;
    }

    /**
     * Reads and validates the configuration.
     *
     * @throws ConfigException with everything that is wrong
     */
    public Postern build() {
      Map<String, String> variables = environment == null ? System.getenv() : environment;
      Path ownHome = home == null ? Path.of(System.getProperty("user.home")) : home;
      PluginContext services =
          new CoreContext(
              time == null ? new SystemTime() : time,
              new OneAtATime(person == null ? new AbsentPerson() : person),
              new UsedCodes(),
              variables,
              ownHome);
      Path file = findsConfiguration ? found(variables, ownHome) : configuration;
      PluginRegistry plugins = PluginRegistry.discover(bundled, pluginFolders);
      ConfigEnvironment reading = new ConfigEnvironment(plugins, services);
      RouteBook routes = file == null ? RouteBook.empty(reading) : RouteBook.load(file, reading);
      return new Postern(routes, plugins, services, hopBegun, listeners, opensForwards);
    }

    private static Path found(Map<String, String> variables, Path home) {
      Path here = Path.of("").toAbsolutePath();
      UsualPlaces places = new UsualPlaces(variables, here, home, List.of(), "%s");
      return places
          .find()
          .orElseThrow(
              () ->
                  new ConfigException(
                      List.of(
                          new ConfigProblem(
                              Code.CONFIG_NOT_FOUND,
                              "",
                              "",
                              "there is no configuration: neither of " + places.words()))));
    }
  }
}

package dev.postern.cli.command;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.hop.Person;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Supervision;
import dev.postern.cli.report.Shown;
import dev.postern.cli.status.RouteWatch;
import dev.postern.cli.status.StatusSource;
import dev.postern.cli.surroundings.AtExit;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.cli.target.ForwardOptions;
import dev.postern.cli.target.Target;
import dev.postern.core.person.Persons;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that opens a circuit, does its work on it, and closes it. */
public abstract class CircuitCommand extends ReportingCommand {
  /** A server that does not answer must not hold us at the end. */
  private static final int CLOSING_SECONDS = 2;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @ArgGroup(validate = false, heading = AdHocOptions.HEADING)
  private AdHocOptions adHoc = new AdHocOptions();

  @Mixin private ForwardOptions forwards = new ForwardOptions();

  @Option(names = "-v", description = "Prints the trail: what happened on each hop.")
  private boolean[] verbose = new boolean[0];

  @Option(names = "-q", description = "Says nothing but errors.")
  private boolean quiet;

  @Parameters(
      index = "0",
      paramLabel = "ROUTE",
      description = "A route, or a server: [user@]host[:port].")
  private String destination = "";

  public CircuitCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public final int run() throws CircuitException, IOException, InterruptedException {
    prepare();
    forwardSpecs();
    ProgressLine progress = new ProgressLine(surroundings().error(), showsProgress());
    AtExit erasing = AtExit.run("postern-erase-progress", progress::end);
    boolean batch = configuration.batch() || adHoc.ssh().batch();
    Person person =
        new ClearingPerson(whoAnswers(Persons.of(surroundings().environment(), batch)), progress);
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    try (Routes routes =
        surroundings().loader().load(file, person, progress::hop, wantsForwards())) {
      Target target = Target.of(destination, adHoc, routes, surroundings(), file);
      beforeOpening(target, routes);
      return isSupervised()
          ? supervise(target, routes, progress)
          : work(open(target, routes, progress));
    } finally {
      progress.end();
      erasing.forget();
    }
  }

  private boolean showsProgress() {
    boolean canErase = !surroundings().environment().getOrDefault("TERM", "").equals("dumb");
    return surroundings().terminals().error() && canErase && !quiet && !json();
  }

  private Circuit open(Target target, Routes routes, ProgressLine progress)
      throws CircuitException, InterruptedException {
    try {
      if (stopsBeforeLast()) {
        return target.openBeforeLast(routes);
      }
      return runsAtOnce() ? target.openToRun(routes) : target.open(routes);
    } finally {
      progress.end();
    }
  }

  private int work(Circuit circuit) throws CircuitException, IOException, InterruptedException {
    AtExit closing = AtExit.run("postern-close", () -> close(circuit));
    try {
      if (verbose() && !json()) {
        circuit.trail().entries().forEach(surroundings().error()::println);
      }
      if (opensForwards()) {
        openForwards(new ForwardOwners.OfCircuit(circuit));
      }
      ShownInStatus shown = show(watch().of(circuit));
      try {
        return work(circuit, new FailureReport(surroundings(), json()));
      } finally {
        shown.close();
      }
    } finally {
      close(circuit);
      closing.forget();
    }
  }

  private int supervise(Target target, Routes routes, ProgressLine progress)
      throws CircuitException, IOException, InterruptedException {
    SupervisionReport events =
        new SupervisionReport(
            surroundings().error(), reports(), Shown.text(destination), json(), quiet);
    RouteWatch watch = watch();
    Supervision supervision = target.supervise(routes, watch.andThen(events));
    AtExit closing = AtExit.run("postern-close", supervision::close);
    try {
      awaitUp(supervision);
      progress.end();
      if (verbose() && !json()) {
        supervision.trail().entries().forEach(surroundings().error()::println);
      }
      openForwards(new ForwardOwners.OfSupervision(supervision));
      ShownInStatus shown = show(watch.of(supervision));
      try {
        return work(supervision, new FailureReport(surroundings(), json()));
      } finally {
        shown.close();
      }
    } finally {
      supervision.close();
      closing.forget();
    }
  }

  private static RouteWatch watch() {
    return new RouteWatch(Clock.systemUTC(), ProcessHandle.current().pid());
  }

  private ShownInStatus show(StatusSource source) {
    return isShownInStatus()
        ? ShownInStatus.begin(surroundings(), source, verbose() && !json())
        : ShownInStatus.nowhere();
  }

  private static void awaitUp(Supervision supervision)
      throws CircuitException, InterruptedException {
    try {
      supervision.up().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CircuitException failure) {
        throw failure;
      }
      throw new IllegalStateException("the opening failed with " + e.getCause(), e.getCause());
    }
  }

  private static void close(Circuit circuit) {
    CompletableFuture<Void> closed = circuit.closeAsync().toCompletableFuture();
    try {
      closed.get(CLOSING_SECONDS, SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The process ends; its sockets do too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The forwards of the command line. */
  public final List<ForwardSpec> forwardSpecs() {
    return forwards.specs(adHoc.ssh(), surroundings().directory());
  }

  private void openForwards(ForwardOptions.Owner owner)
      throws CircuitException, InterruptedException {
    boolean exit = adHoc.ssh().exitsOnForwardFailure(wantsForwards());
    Consumer<String> complain = quiet ? text -> {} : surroundings()::complain;
    ForwardOptions.open(forwardSpecs(), owner, exit, complain);
  }

  /** Checks what can be checked before anything is read. */
  public void prepare() throws IOException {}

  /** Where reports in JSON go: nothing else may need standard output. */
  public PrintStream reports() {
    return surroundings().printer();
  }

  /** Who is asked for secrets, of whom there is this person. */
  public Person whoAnswers(Person person) {
    return person;
  }

  /** Whether the forwards of the route are opened: another process may hold them. */
  public boolean wantsForwards() {
    return false;
  }

  /** Whether the forwards of the command line are opened before the work begins. */
  public boolean opensForwards() {
    return true;
  }

  /** Checks what can be checked before anything is opened. */
  public void beforeOpening(Target target, Routes routes) {}

  /** Whether the work is to run something on the last hop, and begins with that. */
  public boolean runsAtOnce() {
    return false;
  }

  /** Whether the last hop is left to a program that signs in by itself. */
  public boolean stopsBeforeLast() {
    return false;
  }

  /** Whether a circuit that is lost is opened anew. */
  public boolean isSupervised() {
    return false;
  }

  /** Whether {@code status} shows the route while the work is done. */
  public boolean isShownInStatus() {
    return false;
  }

  /** Does the work on a route that is kept open. */
  public int work(Supervision supervision, FailureReport report) throws InterruptedException {
    throw new IllegalStateException("this command has no work for a supervised route");
  }

  /** Does the work, and gives the exit code. */
  public abstract int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException;

  @Override
  public final boolean verbose() {
    return verbose.length > 0;
  }

  public final boolean quiet() {
    return quiet;
  }
}

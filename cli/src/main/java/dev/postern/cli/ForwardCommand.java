package dev.postern.cli;

import dev.postern.api.hop.Person;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Supervision;
import dev.postern.cli.command.CircuitCommand;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.forward.ForwardText;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.Target;
import dev.postern.core.person.TerminalPerson;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern forward}. */
@Command(
    name = "forward",
    description = ForwardCommand.DESCRIPTION,
    customSynopsis = "postern forward [OPTIONS] ROUTE [--run COMMAND…]",
    footer = {
      "",
      "  postern forward orders-db",
      "  postern forward -L 15432:localhost:5432 -J alice@bastion app@db",
      "  postern forward -D 1080 orders-db",
      "  postern forward orders-db --run psql -h localhost -p 15432",
      "  ssh -o ProxyCommand='postern forward -W %%h:%%p orders-db' app@db.internal"
    })
final class ForwardCommand extends CircuitCommand {
  static final String DESCRIPTION = "Holds a route open with its forwards, until Ctrl-C.";

  @Option(
      names = "-W",
      paramLabel = "HOST:PORT",
      description =
          "No forwards: standard input and output are one connection from the far end, to HOST:PORT or the path of a socket.")
  private @Nullable String standardInputAndOutput;

  @Option(
      names = "--before-last",
      description =
          "With -W: from the hop before the last, for a program that signs in to the last by itself, as postern ssh-config has it.")
  private boolean beforeLast;

  @Option(names = "-N", description = "Holds the route open even if it has no forward.")
  private boolean nothingElse;

  @Option(
      names = "--no-reconnect",
      description = "Ends when the circuit is lost; else it is opened anew.")
  private boolean noReconnect;

  @Option(
      names = "--run",
      paramLabel = "COMMAND",
      arity = "0..*",
      hideParamSyntax = true,
      parameterConsumer = AllThatFollows.class,
      description =
          "Runs a command here while the forwards are open, and ends with its exit code. It takes all that follows; POSTERN_HOST and POSTERN_PORT say where the first forward listens.")
  private List<String> command = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final AtomicBoolean terminalIsTaken = new AtomicBoolean();

  ForwardCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public void prepare() {
    if (beforeLast && standardInputAndOutput == null) {
      throw CommandLineProblem.badDestination(
          "--before-last is for -W: nothing else is done at the hop before the last");
    }
    if (standardInputAndOutput != null) {
      if (runsCommand()) {
        throw new ParameterException(
            spec.commandLine(), "-W has standard input and output for itself, so --run cannot");
      }
      StdioForward.parse(standardInputAndOutput);
    }
  }

  @Override
  public boolean wantsForwards() {
    return standardInputAndOutput == null;
  }

  @Override
  public boolean opensForwards() {
    return wantsForwards();
  }

  @Override
  public boolean isShownInStatus() {
    return wantsForwards();
  }

  @Override
  public void beforeOpening(Target target, Routes routes) {
    boolean any =
        !forwardSpecs().isEmpty()
            || standardInputAndOutput != null
            || nothingElse
            || target.explain(routes).settings().stream()
                .anyMatch(setting -> setting.path().startsWith("forwards["));
    if (!any) {
      throw CommandLineProblem.of(
          Code.FORWARD_BAD_SPEC,
          "the route has no forwards; add some with -L 15432:localhost:5432, or hold it open without any by -N");
    }
  }

  @Override
  public int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException {
    if (standardInputAndOutput != null) {
      return StdioForward.parse(standardInputAndOutput).run(circuit, surroundings());
    }
    return work(circuit.forwards(), circuit.closed(), report);
  }

  @Override
  public boolean stopsBeforeLast() {
    return beforeLast;
  }

  @Override
  public boolean isSupervised() {
    return standardInputAndOutput == null && !noReconnect;
  }

  @Override
  public int work(Supervision supervision, FailureReport report) throws InterruptedException {
    return work(supervision.forwards(), supervision.ended(), report);
  }

  private boolean runsCommand() {
    return !command.isEmpty();
  }

  @Override
  public PrintStream reports() {
    return runsCommand() ? surroundings().error() : super.reports();
  }

  @Override
  public Person whoAnswers(Person person) {
    boolean shared = runsCommand() && person instanceof TerminalPerson;
    return shared ? new YieldingPerson(person, terminalIsTaken::get) : person;
  }

  private int work(
      List<Forward> forwards,
      CompletionStage<Optional<CircuitException>> closed,
      FailureReport report)
      throws InterruptedException {
    if (!runsCommand()) {
      return hold(forwards, closed, report);
    }
    if (json() || verbose()) {
      tell(forwards);
    }
    terminalIsTaken.set(true);
    return new LocalRun(surroundings(), report, verbose()).run(command, forwards, closed);
  }

  private int hold(
      List<Forward> forwards,
      CompletionStage<Optional<CircuitException>> closed,
      FailureReport report)
      throws InterruptedException {
    CompletableFuture<Optional<CircuitException>> end = new CompletableFuture<>();
    for (String signal : List.of("INT", "TERM", "HUP")) {
      surroundings().signals().on(signal, () -> end.complete(Optional.empty()));
    }
    closed.thenAccept(end::complete);
    tell(forwards);
    Optional<CircuitException> reason = await(end);
    return reason.isEmpty() ? ExitCodes.OK : report.circuit(reason.get(), verbose());
  }

  private void tell(List<Forward> forwards) {
    List<Forward> sorted =
        forwards.stream()
            .sorted(Comparator.comparing(forward -> forward.spec().toString()))
            .toList();
    if (json()) {
      List<Map<String, Object>> all = sorted.stream().map(ForwardText::json).toList();
      reports().println(Json.text(Map.of("ok", true, "forwards", all)));
      return;
    }
    if (!quiet()) {
      sorted.forEach(forward -> surroundings().error().println(ForwardText.listening(forward)));
    }
  }

  private static Optional<CircuitException> await(CompletableFuture<Optional<CircuitException>> end)
      throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the circuit ended with " + e.getCause(), e.getCause());
    }
  }
}

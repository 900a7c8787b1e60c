package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Supervision;
import dev.postern.cli.forward.ForwardText;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern forward}. */
@Command(
    name = "forward",
    description = "Holds a route open with its forwards, until Ctrl-C.",
    customSynopsis = "postern forward [OPTIONS] ROUTE",
    footer = {
      "",
      "  postern forward orders-db",
      "  postern forward -L 15432:localhost:5432 -J alice@bastion app@db",
      "  postern forward -D 1080 orders-db",
      "  ssh -o ProxyCommand='postern forward -W %%h:%%p orders-db' app@db.internal"
    })
final class ForwardCommand extends CircuitCommand {
  @Option(
      names = "-W",
      paramLabel = "HOST:PORT",
      description =
          "No forwards: standard input and output are one connection from the far end, to HOST:PORT or the path of a socket.")
  private @Nullable String standardInputAndOutput;

  @Option(names = "-N", description = "Holds the route open even if it has no forward.")
  private boolean nothingElse;

  @Option(
      names = "--no-reconnect",
      description = "Ends when the circuit is lost; else it is opened anew.")
  private boolean noReconnect;

  ForwardCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void prepare() {
    if (standardInputAndOutput != null) {
      StdioForward.parse(standardInputAndOutput);
    }
  }

  @Override
  boolean wantsForwards() {
    return standardInputAndOutput == null;
  }

  @Override
  boolean opensForwards() {
    return wantsForwards();
  }

  @Override
  boolean isShownInStatus() {
    return wantsForwards();
  }

  @Override
  void beforeOpening(Target target, Routes routes) {
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
  int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException {
    if (standardInputAndOutput != null) {
      return StdioForward.parse(standardInputAndOutput).run(circuit, surroundings());
    }
    return hold(circuit.forwards(), circuit.closed(), report);
  }

  @Override
  boolean isSupervised() {
    return standardInputAndOutput == null && !noReconnect;
  }

  @Override
  int work(Supervision supervision, FailureReport report) throws InterruptedException {
    return hold(supervision.forwards(), supervision.ended(), report);
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
      surroundings().printer().println(Json.text(Map.of("ok", true, "forwards", all)));
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

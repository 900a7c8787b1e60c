package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
      "  postern forward -L 15432:localhost:5432 -J alice@bastion app@db"
    })
final class ForwardCommand extends CircuitCommand {
  @Option(
      names = "-L",
      paramLabel = "[BIND:]PORT:HOST:HOSTPORT",
      description = "One more forward, from this machine.")
  private List<String> local = new ArrayList<>();

  @Option(names = "-N", description = "Holds the route open even if it has no forward.")
  private boolean nothingElse;

  ForwardCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void prepare() {
    specs();
  }

  private List<ForwardSpec> specs() {
    return local.stream().map(LocalForwardOption::parse).toList();
  }

  @Override
  boolean wantsForwards() {
    return true;
  }

  @Override
  void beforeOpening(Target target, Routes routes) {
    boolean any =
        !local.isEmpty()
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
  int work(Circuit circuit, FailureReport report) throws CircuitException, InterruptedException {
    CompletableFuture<Optional<CircuitException>> end = new CompletableFuture<>();
    for (String signal : List.of("INT", "TERM", "HUP")) {
      surroundings().signals().on(signal, () -> end.complete(Optional.empty()));
    }
    circuit.closed().thenAccept(end::complete);
    for (ForwardSpec spec : specs()) {
      circuit.forward(spec);
    }
    tell(circuit.forwards());
    Optional<CircuitException> reason = await(end);
    return reason.isEmpty() ? ExitCodes.OK : report.circuit(reason.get(), verbose());
  }

  private void tell(List<Forward> forwards) {
    List<Forward> sorted =
        forwards.stream()
            .sorted(Comparator.comparing(forward -> forward.spec().toString()))
            .toList();
    if (json()) {
      List<Map<String, String>> all =
          sorted.stream()
              .map(
                  forward ->
                      Map.of("local", forward.address().toString(), "remote", target(forward)))
              .toList();
      surroundings().printer().println(Json.text(Map.of("ok", true, "forwards", all)));
      return;
    }
    if (!quiet()) {
      sorted.forEach(
          forward ->
              surroundings()
                  .error()
                  .println("Listening on %s -> %s".formatted(forward.address(), target(forward))));
    }
  }

  private static String target(Forward forward) {
    return forward.spec().target().map(ForwardAddress::toString).orElse("SOCKS");
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

package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern forward ROUTE}. */
@Command(
    name = "forward",
    description = "Keeps a route open with its forwards until it is interrupted.",
    mixinStandardHelpOptions = true)
final class ForwardCommand implements Callable<Integer> {
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(\\[[^\\]]*\\]|[^:\\[\\]]*):)?([0-9]+):(\\[[^\\]]+\\]|[^:\\[\\]]+):([0-9]+)");

  private final Console console;

  @Mixin private RouteOptions route = new RouteOptions();

  @Option(
      names = "-L",
      paramLabel = "SPEC",
      description = "[bind:]port:host:hostport. May be repeated.")
  private List<String> specs = new ArrayList<>();

  @Option(
      names = "-N",
      description = "Accepted for those used to ssh; forward runs no command anyway.")
  @SuppressWarnings("UnusedVariable")
  private boolean noCommand;

  ForwardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<ForwardSpec> wanted = specs.stream().map(ForwardCommand::parse).toList();
    try (Postern postern = route.postern(console);
        Interruption interruption = Interruption.closing(postern);
        Circuit circuit = route.open(postern, console)) {
      for (Forward forward : circuit.forwards()) {
        report("listening on " + Addresses.text(forward.localAddress()), forward, "");
      }
      for (ForwardSpec spec : wanted) {
        Forward forward = circuit.forward(spec);
        report(
            "listening on %s -> %s"
                .formatted(Addresses.text(forward.localAddress()), spec.target()),
            forward,
            spec.target().toString());
      }
      if (circuit.forwards().isEmpty()) {
        throw new CommandFailure("the route has no forwards; add them to it, or name one with -L");
      }
      Optional<CircuitException> reason = circuit.closed().toCompletableFuture().get();
      interruption.done();
      if (reason.isPresent()) {
        throw reason.get();
      }
      return 0;
    }
  }

  private void report(String line, Forward forward, String target) {
    if (!forward.localAddress().getAddress().isLoopbackAddress()) {
      console.say(
          "postern: warning: others on the network can connect to "
              + Addresses.text(forward.localAddress()));
    }
    if (route.isJson()) {
      console.printJson(
          Map.of(
              "event",
              "listening",
              "host",
              forward.localAddress().getHostString(),
              "port",
              forward.localAddress().getPort(),
              "target",
              target));
      return;
    }
    console.say(line);
  }

  static ForwardSpec parse(String text) {
    Matcher matcher = SPEC.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  Code.FORWARD_BAD_SPEC,
                  "command line",
                  "",
                  "'-L %s' is not of the form [bind:]port:host:hostport".formatted(text))));
    }
    String bind =
        matcher.group(1) == null
            ? "127.0.0.1"
            : matcher.group(1).isEmpty() ? "*" : matcher.group(1);
    return ForwardSpec.of(bind + ":" + matcher.group(2), matcher.group(3) + ":" + matcher.group(4));
  }
}

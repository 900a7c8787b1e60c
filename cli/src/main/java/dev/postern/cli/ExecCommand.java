package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code postern exec ROUTE -- COMMAND}. */
@Command(
    name = "exec",
    description = "Runs a command at the end of a route; its output and exit code are yours.",
    mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RouteOptions route = new RouteOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command; words are joined by spaces, as ssh does.")
  private List<String> command = new ArrayList<>();

  ExecCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (Postern postern = route.postern(console);
        Interruption interruption = Interruption.closing(postern);
        Circuit circuit = route.open(postern, console);
        RemoteProcess process = circuit.exec(String.join(" ", command))) {
      Pumps pumps = Pumps.start(process, console);
      ExecResult result = process.waitFor();
      pumps.finish();
      interruption.done();
      if (result.exitSignal().isPresent()) {
        console.say(
            "postern: remote process killed by signal "
                + result.exitSignal().get()
                + " [PST-T016]");
        return FailureHandler.OURS;
      }
      return result.exitStatus().orElse(FailureHandler.OURS);
    }
  }
}

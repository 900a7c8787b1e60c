package dev.postern.cli.run;

import dev.postern.circuit.TerminalRequest;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetTarget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How much a run does at a time, how long it waits, and how its commands are run. */
final class RunLimits {
  @Option(
      names = {"-f", "--parallel"},
      paramLabel = "N",
      description = "At most so many targets at the same time (32).")
  private int parallel = 32;

  @Option(
      names = {"-t", "--connect-timeout"},
      paramLabel = "TIME",
      description = "In place of connect-timeout at every hop: 5, 500ms, 2m.")
  private @Nullable String connectTimeout;

  @Option(
      names = {"-u", "--command-timeout"},
      paramLabel = "TIME",
      description = "How long the command may take on a target.")
  private @Nullable String commandTimeout;

  @Option(names = "-k", description = "The first target that fails ends the run.")
  private boolean failFast;

  @Option(names = "-S", description = "Ends with the highest exit status; it does anyway.")
  @SuppressWarnings("UnusedVariable")
  private boolean highest;

  @Option(names = "--tty", description = "Gives each command a terminal, as some devices want.")
  private boolean terminal;

  void expectSense(CommandLine commandLine) {
    if (parallel < 1) {
      throw new ParameterException(commandLine, "--parallel must be at least 1");
    }
    for (String time : new String[] {connectTimeout, commandTimeout}) {
      if (time != null) {
        RunTime.parse(time);
      }
    }
  }

  FleetOrder order(List<FleetTarget> targets, String command, Map<String, String> environment) {
    FleetOrder.Builder order = FleetOrder.of(targets, command).parallel(parallel);
    if (connectTimeout != null) {
      order.connectTimeout(RunTime.parse(connectTimeout));
    }
    if (commandTimeout != null) {
      order.commandTimeout(RunTime.parse(commandTimeout));
    }
    if (failFast) {
      order.failFast();
    }
    if (terminal) {
      order.terminal(new TerminalRequest(environment.getOrDefault("TERM", "dumb"), 200, 0));
    }
    return order.build();
  }
}

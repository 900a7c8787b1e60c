package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern shell}. */
@Command(
    name = "shell",
    description = "Opens a login shell with a terminal at the end of a route.",
    customSynopsis = "postern shell [OPTIONS] ROUTE",
    footer = {"", "  postern shell orders-db", "  postern shell -J alice@bastion app@db"})
final class ShellCommand extends CircuitCommand {
  @Mixin private TerminalOptions terminal = new TerminalOptions();

  ShellCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void prepare() throws IOException {
    terminal.escapeKey();
    if (!surroundings().terminals().input() && !terminal.isForced()) {
      throw new IOException(
          "a shell wants a terminal, and standard input is none; -tt opens one all the same, and %s exec ROUTE -- COMMAND does without"
              .formatted(surroundings().distribution().name()));
    }
  }

  @Override
  int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException {
    return new TerminalRun(surroundings(), report, terminal.escapeKey(), quiet() || json())
        .run(circuit, circuit::shell);
  }
}

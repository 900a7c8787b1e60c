package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.cli.command.CircuitCommand;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.session.TerminalOptions;
import dev.postern.cli.session.TerminalRun;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern shell}. */
@Command(
    name = "shell",
    description = ShellCommand.DESCRIPTION,
    customSynopsis = "postern shell [OPTIONS] ROUTE",
    footer = {"", "  postern shell orders-db", "  postern shell -J alice@bastion app@db"})
final class ShellCommand extends CircuitCommand {
  static final String DESCRIPTION = "Opens a login shell with a terminal at the end of a route.";

  @Mixin private TerminalOptions terminal = new TerminalOptions();

  ShellCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public void prepare() throws IOException {
    terminal.escapeKey();
    if (!surroundings().terminals().input() && !terminal.isForced()) {
      throw new IOException(
          "a shell wants a terminal, and standard input is none; -tt opens one all the same, and %s exec ROUTE -- COMMAND does without"
              .formatted(surroundings().distribution().name()));
    }
  }

  @Override
  public boolean runsAtOnce() {
    return true;
  }

  @Override
  public int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException {
    return new TerminalRun(surroundings(), report, terminal.escapeKey(), quiet() || json())
        .run(circuit, circuit::shell);
  }
}

package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.cli.command.CircuitCommand;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.session.ExecRun;
import dev.postern.cli.session.TerminalOptions;
import dev.postern.cli.session.TerminalRun;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code postern exec}. */
@Command(
    name = "exec",
    description = ExecCommand.DESCRIPTION,
    customSynopsis = "postern exec [OPTIONS] ROUTE -- COMMAND…",
    footer = {
      "",
      "  postern exec orders-db -- uptime",
      "  postern exec orders-db -- tar c /etc >etc.tar",
      "  postern exec -t orders-db -- top",
      "  postern exec -J alice@bastion,bob@inner app@db -- uptime"
    })
final class ExecCommand extends CircuitCommand {
  static final String DESCRIPTION = "Runs a command at the end of a route.";

  private static final String DELIMITER = "--";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TerminalOptions terminal = new TerminalOptions();

  @Option(names = "-T", description = "No terminal, whatever else is said.")
  private boolean noTerminal;

  @Parameters(
      index = "1..*",
      paramLabel = "COMMAND",
      arity = "0..*",
      hideParamSyntax = true,
      description = "The command; its words are joined by blanks, as ssh does.")
  private List<String> command = new ArrayList<>();

  ExecCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Without the delimiter, options of the command would be taken for ours. */
  @Override
  public void prepare() {
    terminal.escapeKey();
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    int delimiter = arguments.indexOf(DELIMITER);
    if (delimiter < 0 || arguments.size() - delimiter - 1 != command.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "write -- between the route and the command: %s exec ROUTE -- COMMAND"
              .formatted(surroundings().distribution().name()));
    }
    if (command.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no command after --; for a shell, there is %s shell"
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
    String line = String.join(" ", command);
    if (withTerminal()) {
      return new TerminalRun(surroundings(), report, terminal.escapeKey(), quiet() || json())
          .run(circuit, request -> circuit.exec(line, request));
    }
    return new ExecRun(surroundings(), report).run(circuit, line);
  }

  private boolean withTerminal() {
    if (noTerminal || !terminal.isWanted()) {
      return false;
    }
    if (terminal.isForced() || surroundings().terminals().input()) {
      return true;
    }
    if (!quiet() && !json()) {
      surroundings()
          .complain(
              "Pseudo-terminal will not be allocated because stdin is not a terminal; -tt allocates"
                  + " one");
    }
    return false;
  }
}

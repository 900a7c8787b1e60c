package dev.postern.cli;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TerminalRequest;
import dev.postern.circuit.TrailEntry;
import dev.postern.cli.Screen.Size;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern shell}. */
@Command(name = "shell", description = "Opens a login shell with a terminal at the end of a route.")
final class ShellCommand extends CircuitCommand {
  @Option(
      names = {"-t"},
      description = "A terminal, which a shell always gets; for OpenSSH's sake.")
  @SuppressWarnings("UnusedVariable")
  private boolean terminal;

  ShellCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void prepare() throws IOException {
    if (!surroundings().terminals().input() || !surroundings().terminals().output()) {
      throw new IOException(
          "a shell needs a terminal, and standard input and output are not both one; to run a command without, use: postern exec ROUTE -- COMMAND");
    }
  }

  @Override
  int work(Circuit circuit, FailureReport report)
      throws CircuitException, IOException, InterruptedException {
    Screen screen = surroundings().screen();
    Size size = screen.size();
    String type = surroundings().environment().getOrDefault("TERM", "");
    TerminalRequest request =
        new TerminalRequest(type.isEmpty() ? "dumb" : type, size.columns(), size.rows());
    ExecResult result;
    try (RemoteProcess process = circuit.shell(request)) {
      surroundings().signals().on("WINCH", () -> resize(process, screen));
      Screen.Mode raw = screen.raw();
      try {
        result = carry(process);
      } finally {
        raw.close();
      }
    }
    if (!quiet() && !json()) {
      surroundings().error().println("Connection to " + host(circuit) + " closed.");
    }
    if (result.exitSignal().isPresent()) {
      return report.remoteSignal(result.exitSignal().get());
    }
    return result.exitStatus().orElse(ExitCodes.FAILURE);
  }

  private ExecResult carry(RemoteProcess process) throws CircuitException, InterruptedException {
    Pump.start("postern-stdin", surroundings().input(), process.input(), true);
    Pump output = Pump.start("postern-stdout", process.output(), surroundings().output(), false);
    output.join();
    if (output.isBroken()) {
      process.close();
    }
    return process.waitFor();
  }

  private static void resize(RemoteProcess process, Screen screen) {
    try {
      Size size = screen.size();
      process.resize(size.columns(), size.rows());
    } catch (IOException e) {
      // The shell keeps the size that it has.
    }
  }

  private static String host(Circuit circuit) {
    List<TrailEntry> entries = circuit.trail().entries();
    return entries.isEmpty()
        ? circuit.route()
        : entries.get(entries.size() - 1).hop().endpoint().host();
  }
}

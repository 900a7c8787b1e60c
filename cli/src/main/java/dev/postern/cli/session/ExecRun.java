package dev.postern.cli.session;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;

/** Connects a remote command with our own standard streams, until it ends. */
public final class ExecRun {
  private final Surroundings surroundings;
  private final FailureReport report;

  public ExecRun(Surroundings surroundings, FailureReport report) {
    this.surroundings = surroundings;
    this.report = report;
  }

  public int run(Circuit circuit, String command) throws CircuitException, InterruptedException {
    try (RemoteProcess process = circuit.exec(command)) {
      return carry(process);
    }
  }

  /** Nobody waits for standard input: it may be a terminal that says nothing more. */
  int carry(RemoteProcess process) throws CircuitException, InterruptedException {
    Pump input = Pump.start("postern-stdin", surroundings.input(), process.input(), true);
    Pump output = Pump.start("postern-stdout", process.output(), surroundings.output(), false);
    Pump error = Pump.start("postern-stderr", process.error(), surroundings.error(), false);
    output.join();
    if (output.isBroken()) {
      return ExitCodes.BROKEN_PIPE;
    }
    error.join();
    ExecResult result = process.waitFor();
    input.abandon();
    if (result.exitSignal().isPresent()) {
      return report.remoteSignal(result.exitSignal().get());
    }
    return result.exitStatus().orElse(ExitCodes.FAILURE);
  }
}

package dev.postern.cli.session;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalRequest;
import dev.postern.circuit.TrailEntry;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Screen;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;

/** Connects a remote program that has a terminal with the person at ours, until it ends. */
public final class TerminalRun {
  private final Surroundings surroundings;
  private final FailureReport report;
  private final OptionalInt escapeKey;
  private final boolean quiet;

  public TerminalRun(
      Surroundings surroundings, FailureReport report, OptionalInt escapeKey, boolean quiet) {
    this.surroundings = surroundings;
    this.report = report;
    this.escapeKey = escapeKey;
    this.quiet = quiet;
  }

  /** Starts the program with a terminal like ours. */
  @FunctionalInterface
  public interface Start {
    RemoteProcess with(TerminalRequest terminal) throws CircuitException, InterruptedException;
  }

  public int run(Circuit circuit, Start start)
      throws CircuitException, IOException, InterruptedException {
    ExecResult result;
    WatchedOutput output = new WatchedOutput(surroundings.output());
    try (RemoteProcess process = start.with(request());
        LocalTerminal terminal = LocalTerminal.of(surroundings, output)) {
      surroundings.signals().on("WINCH", () -> resize(process));
      surroundings
          .signals()
          .on(
              "CONT",
              () -> {
                terminal.enter();
                resize(process);
              });
      terminal.enter();
      result = carry(process, typed(process, terminal), output);
    } catch (CircuitException e) {
      if (output.isLineOpen()) {
        surroundings.error().println();
      }
      throw e;
    }
    if (!quiet) {
      surroundings.error().println("Connection to " + host(circuit) + " closed.");
    }
    if (result.exitSignal().isPresent()) {
      return report.remoteSignal(result.exitSignal().get());
    }
    return result.exitStatus().orElse(ExitCodes.FAILURE);
  }

  private TerminalRequest request() throws IOException {
    String type = surroundings.environment().getOrDefault("TERM", "");
    String known = type.isEmpty() ? "dumb" : type;
    if (!surroundings.terminals().input()) {
      return new TerminalRequest(known, 0, 0, TerminalModes.NONE);
    }
    Screen.Size size = surroundings.screen().size();
    return new TerminalRequest(known, size.columns(), size.rows(), surroundings.screen().modes());
  }

  private OutputStream typed(RemoteProcess process, LocalTerminal terminal) {
    if (escapeKey.isEmpty()) {
      return process.input();
    }
    int key = escapeKey.getAsInt();
    return new EscapingOutput(
        process.input(), key, new TerminalEscapes(surroundings.error(), key, process, terminal));
  }

  private ExecResult carry(RemoteProcess process, OutputStream typed, OutputStream shown)
      throws CircuitException, InterruptedException {
    Pump.start("postern-stdin", surroundings.input(), typed, true);
    Pump output = Pump.start("postern-stdout", process.output(), shown, false);
    output.join();
    if (output.isBroken()) {
      process.close();
    }
    return process.waitFor();
  }

  private void resize(RemoteProcess process) {
    try {
      Screen.Size size = surroundings.screen().size();
      process.resize(size.columns(), size.rows());
    } catch (IOException e) {
      // The program keeps the size that it has.
    }
  }

  private static String host(Circuit circuit) {
    List<TrailEntry> entries = circuit.trail().entries();
    return entries.isEmpty()
        ? circuit.route()
        : entries.get(entries.size() - 1).hop().endpoint().host();
  }
}

package dev.postern.cli;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.cli.command.FailureReport;
import dev.postern.cli.local.ForwardVariables;
import dev.postern.cli.local.LocalCommand;
import dev.postern.cli.local.Programs;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Shown;
import dev.postern.cli.surroundings.Signals;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs a command of this machine while forwards are open. */
final class LocalRun {
  private final Surroundings surroundings;
  private final FailureReport report;
  private final boolean withTrail;

  LocalRun(Surroundings surroundings, FailureReport report, boolean withTrail) {
    this.surroundings = surroundings;
    this.report = report;
    this.withTrail = withTrail;
  }

  /**
   * Runs it to its end, even if the forwards fail meanwhile: what it makes of that is its own
   * matter, but it did not end well.
   */
  int run(
      List<String> words, List<Forward> forwards, CompletionStage<Optional<CircuitException>> ended)
      throws InterruptedException {
    CompletableFuture<Integer> failure =
        ended
            .thenApply(
                reason -> reason.map(why -> report.circuit(why, withTrail)).orElse(ExitCodes.OK))
            .toCompletableFuture();
    if (failure.isDone()) {
      return failure.getNow(ExitCodes.FAILURE);
    }
    CompletableFuture<LocalCommand> running = new CompletableFuture<>();
    takeSignals(running);
    LocalCommand command;
    try {
      command = LocalCommand.start(words, ForwardVariables.of(forwards));
    } catch (IOException e) {
      return notStarted(words.get(0), e);
    }
    running.complete(command);
    int exitCode = command.await();
    return exitCode == ExitCodes.OK ? failure.getNow(ExitCodes.OK) : exitCode;
  }

  private int notStarted(String program, IOException failure) {
    String shown = Shown.text(program);
    if (Programs.exists(program, surroundings.environment(), surroundings.directory())) {
      report.coded(
          Code.LOCAL_COMMAND_FAILED,
          "--run: %s cannot be run; look whether it is a program that you may execute: %s"
              .formatted(shown, Shown.text(String.valueOf(failure.getMessage()))));
      return Programs.NOT_RUN;
    }
    report.coded(
        Code.LOCAL_COMMAND_FAILED,
        "--run: there is no program %s; for a line of the shell, write --run sh -c '…'"
            .formatted(shown));
    return Programs.NOT_FOUND;
  }

  /** A terminal sends Ctrl-C to the command too; who means us alone sends one of the others. */
  private void takeSignals(CompletableFuture<LocalCommand> running) {
    Signals signals = surroundings.signals();
    signals.on("INT", () -> {});
    signals.on("TERM", () -> running.thenAccept(LocalCommand::terminate));
    signals.on("HUP", () -> running.thenAccept(LocalCommand::hangUp));
  }
}

package dev.postern.cli.run;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetSummary;
import dev.postern.fleet.FleetTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings the events of a run into its form, one at a time, and remembers how targets ended. */
public final class RunListener implements FleetListener {
  private final Form form;
  private final StatusLine status;
  private final RunReport report;
  private final int targets;
  private int running;
  private int done;

  /** A listener for a run over so many targets. */
  public RunListener(Form form, StatusLine status, RunReport report, int targets) {
    this.form = form;
    this.status = status;
    this.report = report;
    this.targets = targets;
  }

  /** What the form does; output that nobody reads any more ends the run. */
  private interface Word {
    void say() throws IOException;
  }

  private synchronized void say(Word word) {
    status.clear();
    try {
      word.say();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (done < targets) {
      status.show("%d of %d done, %d running".formatted(done, targets, running));
    }
  }

  @Override
  public void started(FleetTarget target) {
    say(
        () -> {
          running++;
          report.started(target.name());
          form.started(target.name());
        });
  }

  @Override
  public CompletionStage<Void> output(FleetTarget target, Source source, byte[] bytes) {
    say(() -> form.output(target.name(), source, bytes));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void ended(FleetTarget target, ExecResult result) {
    say(
        () -> {
          running--;
          done++;
          form.ended(target.name(), result);
          report.ended(target.name(), result);
        });
  }

  @Override
  public void failed(FleetTarget target, CircuitException failure) {
    say(
        () -> {
          running -= report.hasStarted(target.name()) ? 1 : 0;
          done++;
          form.failed(target.name(), failure);
          report.failed(target.name(), failure);
        });
  }

  @Override
  public void over(FleetSummary summary) {
    say(() -> form.over(summary));
    status.clear();
  }
}

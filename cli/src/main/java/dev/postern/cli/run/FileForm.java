package dev.postern.cli.run;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A file for each target, {@code FOLDER/target}, under a name that ends in {@code .part} until it
 * is whole.
 */
public final class FileForm implements Form {
  private final TargetFiles output;
  private final Optional<TargetFiles> error;
  private final Lines errorLines;

  /** What has no folder of its own for standard error shows it as it comes. */
  public FileForm(TargetFiles output, Optional<TargetFiles> error, OutputStream errorStream) {
    this.output = output;
    this.error = error;
    this.errorLines = new Lines(errorStream, true);
  }

  @Override
  public void started(String target) throws IOException {
    output.begin(target);
    if (error.isPresent()) {
      error.get().begin(target);
    }
  }

  @Override
  public void output(String target, Source source, byte[] bytes) throws IOException {
    if (source == Source.OUTPUT) {
      output.write(target, bytes);
    } else if (error.isPresent()) {
      error.get().write(target, bytes);
    } else {
      errorLines.write(target, bytes);
    }
  }

  @Override
  public void ended(String target, ExecResult result) throws IOException {
    end(target, true);
  }

  @Override
  public void failed(String target, CircuitException failure) throws IOException {
    end(target, false);
  }

  private void end(String target, boolean whole) throws IOException {
    errorLines.end(target);
    output.end(target, whole);
    if (error.isPresent()) {
      error.get().end(target, whole);
    }
  }
}

package dev.postern.cli.run;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import java.io.IOException;
import java.io.OutputStream;

/** Line by line as they come, {@code target: line}, each stream to its own. */
public final class LineForm implements Form {
  private final Lines output;
  private final Lines error;

  /** With or without labels. */
  public LineForm(OutputStream output, OutputStream error, boolean labelled) {
    this.output = new Lines(output, labelled);
    this.error = new Lines(error, labelled);
  }

  @Override
  public void output(String target, Source source, byte[] bytes) throws IOException {
    (source == Source.OUTPUT ? output : error).write(target, bytes);
  }

  @Override
  public void ended(String target, ExecResult result) throws IOException {
    end(target);
  }

  @Override
  public void failed(String target, CircuitException failure) throws IOException {
    end(target);
  }

  private void end(String target) throws IOException {
    output.end(target);
    error.end(target);
  }
}

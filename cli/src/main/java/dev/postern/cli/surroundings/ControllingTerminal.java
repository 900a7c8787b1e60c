package dev.postern.cli.surroundings;

import dev.postern.circuit.TerminalModes;
import dev.postern.core.person.TerminalMode;
import java.io.IOException;

/** The terminal that this process was started from. */
final class ControllingTerminal implements Screen {
  private static final Size USUAL = new Size(80, 24);

  @Override
  public Size size() throws IOException {
    int[] rowsAndColumns = TerminalMode.size();
    Size size = new Size(rowsAndColumns[1], rowsAndColumns[0]);
    // A serial line, say, does not know its size and says 0.
    return size.columns() < 1 || size.rows() < 1 ? USUAL : size;
  }

  @Override
  public TerminalModes modes() throws IOException {
    return SttyReport.modes(TerminalMode.report());
  }

  @Override
  public Mode mode() throws IOException {
    TerminalMode before = TerminalMode.current();
    return new Mode() {
      @Override
      public void raw() throws IOException {
        before.raw();
      }

      @Override
      public void restore() {
        before.restoreQuietly();
      }
    };
  }

  @Override
  public void stop() throws IOException {
    // Java cannot signal its own process.
    new ProcessBuilder("kill", "-TSTP", Long.toString(ProcessHandle.current().pid()))
        .inheritIO()
        .start();
  }
}

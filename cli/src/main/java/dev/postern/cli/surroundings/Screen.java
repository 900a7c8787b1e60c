package dev.postern.cli.surroundings;

import dev.postern.circuit.TerminalModes;
import java.io.IOException;

/** The terminal that a remote program is shown on. */
public interface Screen {
  /** Its present size in characters. */
  Size size() throws IOException;

  /** How it treats what is typed and shown. */
  TerminalModes modes() throws IOException;

  /** The mode that it is in, to be put back. */
  Mode mode() throws IOException;

  /**
   * Stops this process, as a terminal's own {@code ^Z} does; returns when it goes on, or before.
   */
  void stop() throws IOException;

  /** A size in characters. */
  record Size(int columns, int rows) {}

  /** A mode that is given back. */
  interface Mode {
    /** Passes every key on as it is. */
    void raw() throws IOException;

    /** Puts the mode back that was there before; quietly, for there may be no terminal any more. */
    void restore();
  }
}

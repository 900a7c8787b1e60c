package dev.postern.cli;

import java.io.IOException;

/** The terminal that a remote shell is shown on. */
interface Screen {
  /** Its present size in characters. */
  Size size() throws IOException;

  /** Passes every key on as it is, until closed. The end of the process closes it too. */
  Mode raw() throws IOException;

  /** A size in characters. */
  record Size(int columns, int rows) {}

  /** A mode that is given back. */
  @FunctionalInterface
  interface Mode {
    /** Puts the mode back that was there before. */
    void close();
  }
}

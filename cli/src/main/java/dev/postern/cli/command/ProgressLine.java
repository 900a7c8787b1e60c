package dev.postern.cli.command;

import dev.postern.api.hop.HopInfo;
import java.io.PrintStream;

/**
 * One line on standard error that says which hop is being opened, and is gone when it is. Safe for
 * use by several threads.
 */
public final class ProgressLine {
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream error;
  private final boolean shown;
  private boolean dirty;
  private boolean done;

  /** A line that is shown, or one that never is. */
  public ProgressLine(PrintStream error, boolean shown) {
    this.error = error;
    this.shown = shown;
  }

  public synchronized void hop(HopInfo hop) {
    if (shown && !done) {
      error.print(ERASE + hop + " …");
      error.flush();
      dirty = true;
    }
  }

  /** Makes room for something else. */
  synchronized void clear() {
    if (dirty) {
      error.print(ERASE);
      error.flush();
      dirty = false;
    }
  }

  /** Clears, and shows nothing from now on. */
  public synchronized void end() {
    clear();
    done = true;
  }
}

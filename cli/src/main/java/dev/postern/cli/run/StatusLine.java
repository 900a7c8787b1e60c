package dev.postern.cli.run;

import java.io.PrintStream;

/**
 * One line on standard error that says how far a run is, and makes room for everything else. Safe
 * for use by several threads.
 */
public final class StatusLine {
  private static final String ERASE = "\r\u001b[K";
  private static final long PAUSE_NANOS = 100_000_000;

  private final PrintStream error;
  private final boolean shown;
  private boolean dirty;
  private boolean hushed;
  private long last;

  /** A line that is shown, or one that never is. */
  public StatusLine(PrintStream error, boolean shown) {
    this.error = error;
    this.shown = shown;
    this.last = System.nanoTime() - PAUSE_NANOS;
  }

  /** Shows the text, unless another one was shown a moment ago. */
  synchronized void show(String text) {
    long now = System.nanoTime();
    if (shown && !hushed && now - last >= PAUSE_NANOS) {
      error.print(ERASE + text);
      error.flush();
      dirty = true;
      last = now;
    }
  }

  /** Makes room for something else. */
  public synchronized void clear() {
    if (dirty) {
      error.print(ERASE);
      error.flush();
      dirty = false;
    }
  }

  /** Clears, and shows nothing until it may again: the person is asked. */
  synchronized void hush(boolean now) {
    clear();
    hushed = now;
  }
}

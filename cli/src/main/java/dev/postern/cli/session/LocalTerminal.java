package dev.postern.cli.session;

import dev.postern.cli.surroundings.AtExit;
import dev.postern.cli.surroundings.Screen;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;

/**
 * Our terminal while a remote program has it, given back as it was whatever ends us. Safe for use
 * by several threads.
 */
final class LocalTerminal implements AutoCloseable {
  private final WatchedOutput output;
  private final Screen.Mode mode;
  private final Screen screen;
  private final boolean shown;
  private final AtExit restoring;
  private boolean over;

  private LocalTerminal(WatchedOutput output, Screen screen, Screen.Mode mode, boolean shown) {
    this.output = output;
    this.screen = screen;
    this.mode = mode;
    this.shown = shown;
    this.restoring = AtExit.run("postern-restore-terminal", this::restore);
  }

  /** Where standard input is no terminal, none is changed. */
  static LocalTerminal of(Surroundings surroundings, WatchedOutput output) throws IOException {
    return new LocalTerminal(
        output,
        surroundings.screen(),
        surroundings.terminals().input() ? surroundings.screen().mode() : new NoMode(),
        surroundings.terminals().output());
  }

  /** Passes every key on, from now or again. */
  synchronized void enter() {
    if (over) {
      return;
    }
    try {
      mode.raw();
    } catch (IOException e) {
      // The terminal is gone; the end of its input will end us.
    }
  }

  /** Gives the terminal back, and stops until the person goes on. */
  synchronized void suspend() throws IOException {
    mode.restore();
    screen.stop();
  }

  private synchronized void restore() {
    over = true;
    if (shown) {
      try {
        output.undo();
      } catch (IOException e) {
        // Nobody sees it any more.
      }
    }
    mode.restore();
  }

  @Override
  public void close() {
    restore();
    restoring.forget();
  }

  private static final class NoMode implements Screen.Mode {
    @Override
    public void raw() {}

    @Override
    public void restore() {}
  }
}

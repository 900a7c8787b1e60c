package dev.postern.cli;

import dev.postern.Postern;

/** Ctrl-C, and being told to end: circuits are closed on the way out. */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  static Interruption closing(Postern postern) {
    Thread hook = new Thread(postern::close, "postern-close");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** From here on the command closes what it opened. */
  void done() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook does its work.
    }
  }

  @Override
  public void close() {
    done();
  }
}

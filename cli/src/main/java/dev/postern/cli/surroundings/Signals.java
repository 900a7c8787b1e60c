package dev.postern.cli.surroundings;

/** The signals that this process gets. */
public interface Signals {
  /**
   * Runs the action, on a thread of its own, in place of what the signal does.
   *
   * @param name without {@code SIG}; a signal that this system does not have never comes
   */
  void on(String name, Runnable action);
}

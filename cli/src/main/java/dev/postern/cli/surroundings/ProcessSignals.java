package dev.postern.cli.surroundings;

import dev.postern.core.person.ProcessSignal;

/** The real ones. */
final class ProcessSignals implements Signals {
  /** They stay until the process ends. */
  @Override
  @SuppressWarnings("resource")
  public void on(String name, Runnable action) {
    ProcessSignal.on(name, action);
  }
}

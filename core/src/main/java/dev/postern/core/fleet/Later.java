package dev.postern.core.fleet;

/** Does something after a while, unless the run is over by then. */
@FunctionalInterface
interface Later {
  void after(long millis, Runnable action);
}

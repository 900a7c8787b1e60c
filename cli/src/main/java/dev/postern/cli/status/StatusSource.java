package dev.postern.cli.status;

/** Says what a route is at. */
@FunctionalInterface
public interface StatusSource {
  /** At this moment. */
  Running.Route now();
}

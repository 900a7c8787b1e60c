package dev.postern.fleet;

import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/** A command that is being run on many targets. Safe for use by several threads. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface FleetRun extends AutoCloseable {
  /**
   * Completes when every target is done and everything that the run opened is closed. Fails only
   * with what the listener threw.
   */
  CompletionStage<FleetSummary> done();

  /**
   * Waits for the end. An interrupted wait does not end the run.
   *
   * @throws IllegalStateException with what the listener threw
   */
  FleetSummary await() throws InterruptedException;

  /**
   * Begins nothing more, and closes what runs. Targets that were not done fail with {@code
   * PST-R002}. Commands that run are sent {@code SIGTERM}, which servers and commands may ignore.
   */
  void cancel();

  /** Cancels, and waits for the end. */
  @Override
  void close();
}

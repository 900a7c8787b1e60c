package dev.postern.fleet;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * Is told what happens on the targets of a run. Calls for one target come one after the other;
 * those for different targets may come at the same time, on a few threads of the run, which must
 * not be held for long. What a call throws stops the run, and fails its {@link FleetRun#done}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface FleetListener {
  /** Every hop has let us in, and the command was started. */
  default void started(FleetTarget target) {}

  /**
   * The command said something.
   *
   * @param bytes never empty; byte-exact, and the listener may keep them
   * @return completes when there is room for more of this target
   */
  default CompletionStage<Void> output(FleetTarget target, Source source, byte[] bytes) {
    return CompletableFuture.completedFuture(null);
  }

  /** The command ended, by itself or by a signal. The last word on this target. */
  default void ended(FleetTarget target, ExecResult result) {}

  /**
   * The target could not be reached, its command was cut off, or it was never begun. The last word
   * on this target.
   *
   * @param failure with the code {@code PST-R001} if it was spared because another target refused
   *     the same secret, {@code PST-R002} if the run was stopped
   */
  default void failed(FleetTarget target, CircuitException failure) {}

  /** All targets are done. */
  default void over(FleetSummary summary) {}
}

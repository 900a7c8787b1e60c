package dev.postern.core.fleet;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.fleet.FleetSummary;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.OptionalInt;

/** Counts how targets ended. Guarded by its run. */
final class Tally {
  private final long beginning = System.nanoTime();
  private int succeeded;
  private int nonZero;
  private int failed;
  private int skipped;
  private int highest = -1;

  /** Whether it did not go well. */
  boolean count(ExecResult result) {
    int status = result.exitStatus().orElse(-1);
    highest = Math.max(highest, status);
    if (status == 0) {
      succeeded++;
    } else if (status > 0) {
      nonZero++;
    } else {
      failed++;
    }
    return status != 0;
  }

  void count(CircuitException failure, boolean begun) {
    if (failure.code() == Code.FLEET_SECRET_REFUSED
        || (failure.code() == Code.FLEET_STOPPED && !begun)) {
      skipped++;
    } else {
      failed++;
    }
  }

  FleetSummary summary() {
    return new FleetSummary(
        succeeded,
        nonZero,
        failed,
        skipped,
        highest < 0 ? OptionalInt.empty() : OptionalInt.of(highest),
        Duration.ofNanos(System.nanoTime() - beginning));
  }
}

package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.core.config.Reconnect;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Decides whether, and when, a circuit is opened again. Not safe for use by several threads. */
final class Retries {
  private final Reconnect policy;
  private final Backoff backoff;
  private int attempt;
  private boolean began;
  private boolean proven;

  Retries(Reconnect policy, DoubleSupplier chance) {
    this.policy = policy;
    this.backoff = new Backoff(policy, chance);
  }

  /** What comes after a failure. */
  sealed interface Decision {
    /** Another attempt, after a wait. */
    record Again(Duration in) implements Decision {}

    /** The end, and how it is put. */
    record Never(CircuitException why) implements Decision {}
  }

  /** The number of the attempt that is next, or that succeeded; 0 for the first opening. */
  int attempt() {
    return attempt;
  }

  /** Whether the route was ever up. */
  boolean began() {
    return began;
  }

  /** The route is up. */
  void up() {
    began = true;
  }

  /** The circuit was lost when it had been up for so long. */
  Decision lost(CircuitException failure, Duration lasted) {
    boolean worked = began && lasted.compareTo(policy.gateTime()) >= 0;
    if (worked) {
      proven = true;
      attempt = 0;
    }
    if (!policy.enabled()) {
      return new Decision.Never(failure);
    }
    return proven || policy.gateTime().isZero()
        ? failed(failure)
        : new Decision.Never(Verdict.tooEarly(failure, lasted, policy));
  }

  /** The circuit could not be opened, or was lost. */
  Decision failed(CircuitException failure) {
    if (!began || Verdict.isLasting(failure)) {
      return new Decision.Never(failure);
    }
    if (policy.attempts().isPresent() && attempt >= policy.attempts().getAsInt()) {
      return new Decision.Never(Verdict.gaveUp(failure, attempt));
    }
    attempt++;
    return new Decision.Again(backoff.before(attempt));
  }
}

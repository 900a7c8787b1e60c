package dev.postern.core.hop;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.event.AuthOutcome;
import java.time.Duration;

/**
 * Where rooms write down what happened on one hop. Texts must be sanitised and free of secrets.
 * Safe for use by several threads.
 */
public interface TrailRecorder {
  /** The hop that is recorded. */
  HopInfo hop();

  /** Adds an entry. */
  void record(Phase phase, String text);

  /** The server has answered one request to sign in. */
  default void attempted(String method, AuthOutcome outcome, Duration took) {}
}

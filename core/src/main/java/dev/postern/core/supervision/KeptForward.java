package dev.postern.core.supervision;

import dev.postern.circuit.Forward;
import java.time.Duration;

/** A forward that outlives circuits. */
sealed interface KeptForward extends Forward permits LocalForward, FarForward {
  /** A new circuit is there. */
  void up(Line line, Duration patience);

  /** The circuit is lost, and no other one is there yet. */
  void lost();

  /** Closes it without telling anybody. */
  void end();
}

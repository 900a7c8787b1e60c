package dev.postern.core.forward;

import dev.postern.circuit.Forward;

/** A forward whose circuit can be lost under it. */
public interface LosableForward extends Forward {
  /** Resets the connections that were through: what their clients have is not all. */
  void lost();
}

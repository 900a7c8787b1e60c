package dev.postern.core.circuit;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.RemoteProcess;

/** A process that can be told why nothing more will be heard of it. */
public interface LosableProcess extends RemoteProcess {
  /** The circuit is lost. Unless its end is known already, the process fails with that. */
  void lost(CircuitException why);
}

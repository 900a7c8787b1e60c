package dev.postern.cli.run;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetSummary;
import java.io.IOException;

/** How the outputs of targets are shown. Called by one thread at a time. */
public interface Form {
  /** The command was started. */
  default void started(String target) throws IOException {}

  /** It said something. */
  void output(String target, Source source, byte[] bytes) throws IOException;

  /** Nothing more comes of it. */
  void ended(String target, ExecResult result) throws IOException;

  /** Nothing more comes of it, since it was cut off or never begun. */
  void failed(String target, CircuitException failure) throws IOException;

  /** All are done. */
  default void over(FleetSummary summary) throws IOException {}
}

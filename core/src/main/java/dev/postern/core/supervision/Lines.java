package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.core.forward.Exit;
import dev.postern.core.hop.HopFailure;
import dev.postern.route.ForwardSpec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where circuits and listeners come from. */
public interface Lines {
  /** Begins to open a circuit without forwards; fails with a {@link CircuitException}. */
  CompletableFuture<Line> open();

  /** Begins to listen on this machine; fails with a {@link HopFailure}. */
  CompletableFuture<Forward> listen(ForwardSpec spec, Exit exit, Consumer<String> record);
}

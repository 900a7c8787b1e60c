package dev.postern.core.circuit;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.Forward;
import dev.postern.core.forward.Exit;
import dev.postern.route.ForwardSpec;
import java.util.concurrent.CompletableFuture;

/** A circuit as the exit of forwards that outlive it. */
public interface CarryingCircuit extends Circuit, Exit {
  @Override
  CompletableFuture<Forward> forwardAsync(ForwardSpec spec);

  @Override
  CompletableFuture<Void> closeAsync();

  /** Adds a sentence to the trail of the last hop. */
  void record(String text);
}

package dev.postern.core.circuit;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failures on their way from futures to callers. */
final class Failures {
  private Failures() {}

  /** What is inside the wrappers that futures put around a failure. */
  static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  /** Any failure of a hop as the kind that rooms speak of. */
  static HopFailure asHopFailure(Throwable failure) {
    Throwable inner = unwrap(failure);
    if (inner instanceof HopFailure hopFailure) {
      return hopFailure;
    }
    if (inner instanceof CancellationException) {
      return new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled", inner);
    }
    return new HopFailure(Code.PROTOCOL_ERROR, Phase.CONNECT, "unexpected " + inner, inner);
  }

  /**
   * Waits for a stage that fails with a {@link CircuitException}. An interrupted wait cancels it.
   */
  static <T> T await(CompletableFuture<T> stage) throws CircuitException, InterruptedException {
    try {
      return stage.get();
    } catch (InterruptedException e) {
      stage.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (unwrap(e) instanceof CircuitException failure) {
        throw failure;
      }
      throw new IllegalStateException("a stage failed with " + unwrap(e), unwrap(e));
    }
  }
}

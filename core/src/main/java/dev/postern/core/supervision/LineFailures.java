package dev.postern.core.supervision;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Puts failures as users of a route know them: of its last hop, with its trail.
 *
 * @param plan the route
 * @param trail what happened on it
 */
record LineFailures(RoutePlan plan, Supplier<Trail> trail) {
  CircuitException of(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof CircuitException known) {
      return known;
    }
    if (inner instanceof HopFailure known) {
      return of(known);
    }
    if (inner instanceof CancellationException) {
      return of(new HopFailure(Code.CANCELLED, Phase.CHANNEL, "it was given up", inner));
    }
    return of(new HopFailure(Code.PROTOCOL_ERROR, Phase.CHANNEL, "unexpected " + inner, inner));
  }

  /** The route has no circuit for what was asked. */
  CircuitException closed(String sentence) {
    return of(new HopFailure(Code.CLOSED, Phase.CHANNEL, sentence));
  }

  private CircuitException of(HopFailure failure) {
    return new CircuitException(
        failure.code(),
        failure.phase(),
        plan.hops().get(plan.hops().size() - 1).info(),
        failure.sentence(),
        trail.get(),
        failure);
  }
}

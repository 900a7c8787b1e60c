package com.example.postern.connector.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import dev.postern.circuit.CircuitException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a request again where that may help, and says so. */
final class Retries {
  private final Patience patience;
  private final Consumer<String> notes;

  Retries(Patience patience, Consumer<String> notes) {
    this.patience = patience;
    this.notes = notes;
  }

  /** The answer, or how the last try failed. */
  ObjectNode get(CheckedSupplier<ObjectNode> request)
      throws ApiException, CircuitException, InterruptedException {
    RetryPolicy<ObjectNode> policy =
        RetryPolicy.<ObjectNode>builder()
            .handle(TryAgainException.class)
            .abortOn(failure -> tooLong(failure).isPresent())
            .withMaxAttempts(patience.attempts())
            .withDelayFn(context -> delay(context.getLastException(), context.getAttemptCount()))
            .onRetryScheduled(
                event ->
                    notes.accept(
                        "%s; again in %s"
                            .formatted(
                                event.getLastException().getMessage(), seconds(event.getDelay()))))
            .build();
    try {
      return Failsafe.with(policy).get(request);
    } catch (FailsafeException e) {
      throw unwrapped(e.getCause());
    }
  }

  private Duration delay(Throwable failure, int failures) {
    return failure instanceof TryAgainException again
        ? again.wish().orElseGet(() -> patience.after(failures))
        : Duration.ZERO;
  }

  private Optional<Duration> tooLong(Throwable failure) {
    return failure instanceof TryAgainException again
        ? again.wish().filter(wish -> wish.compareTo(patience.longest()) > 0)
        : Optional.empty();
  }

  private ApiException unwrapped(Throwable cause) throws CircuitException, InterruptedException {
    if (cause instanceof ApiException failure) {
      return failure;
    }
    if (cause instanceof CircuitException failure) {
      throw failure;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException();
    }
    if (cause.getCause() instanceof CircuitException failure) {
      throw failure;
    }
    if (cause instanceof TryAgainException failure) {
      return new ApiException(
          failure.getMessage()
              + tooLong(failure)
                  .map(
                      wish ->
                          "; it wants us to wait for %s, which is longer than we do"
                              .formatted(seconds(wish)))
                  .orElse("; tried %d times".formatted(patience.attempts())));
    }
    throw new IllegalStateException(cause);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}

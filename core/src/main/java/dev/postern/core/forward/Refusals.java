package dev.postern.core.forward;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Writes down why connections to a forward came to nothing: their client learns only that they were
 * closed. A client that tries again and again must not fill the record, so each forward has its
 * share of it.
 */
final class Refusals {
  private static final int LIMIT = 20;

  private final Tally tally;
  private final Consumer<String> record;
  private final AtomicInteger count = new AtomicInteger();
  private volatile String listener = "";

  Refusals(Tally tally, Consumer<String> record) {
    this.tally = tally;
    this.record = record;
  }

  void listeningOn(String address) {
    listener = address;
  }

  /** Takes the failure of an opening. What we gave up ourselves is none. */
  void note(Throwable failure) {
    Throwable inner =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (inner instanceof CancellationException) {
      return;
    }
    if (inner instanceof TimeoutException) {
      note("its client did not say in time where it wants to go");
      return;
    }
    note(inner instanceof HopFailure known ? known.sentence() : Sanitiser.line(words(inner)));
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private void note(String sentence) {
    tally.refused().increment();
    tally.lastError().set(sentence);
    int number = count.incrementAndGet();
    if (number > LIMIT) {
      return;
    }
    record.accept(
        "a connection to the forward on %s was refused: %s [%s]%s"
            .formatted(
                listener,
                sentence,
                Code.FORWARD_REFUSED,
                number == LIMIT ? "; more refusals of this forward are not recorded" : ""));
  }
}

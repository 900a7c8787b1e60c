package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The deadline of the phase that an attempt is in; each phase replaces the one before. */
final class Deadlines {
  private @Nullable CompletableFuture<Void> current;

  /** Runs the action with the limit in words when it passes. */
  void start(Duration limit, Consumer<String> passed) {
    CompletableFuture<Void> deadline = new CompletableFuture<>();
    replace(deadline);
    deadline
        .orTimeout(limit.toMillis(), MILLISECONDS)
        .whenComplete(
            (met, failure) -> {
              if (failure instanceof TimeoutException) {
                passed.accept(words(limit));
              }
            });
  }

  void stop() {
    replace(null);
  }

  private synchronized void replace(@Nullable CompletableFuture<Void> next) {
    if (current != null) {
      current.complete(null);
    }
    current = next;
  }

  /** {@code 15 s}, {@code 1500 ms}. */
  static String words(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}

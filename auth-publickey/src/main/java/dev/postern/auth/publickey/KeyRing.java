package dev.postern.auth.publickey;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * The encrypted keys that were opened, so that a passphrase is asked once over all openings, also
 * those that run at the same time. A failure is shared by those who waited for it, and forgotten.
 */
final class KeyRing {
  /** Opens a key, at the price of a passphrase. */
  interface Opener {
    SigningKey open() throws IOException;
  }

  private final ConcurrentMap<String, CompletableFuture<SigningKey>> keys =
      new ConcurrentHashMap<>();

  SigningKey get(String digest, Opener opener) throws IOException {
    while (true) {
      CompletableFuture<SigningKey> mine = new CompletableFuture<>();
      CompletableFuture<SigningKey> present = keys.putIfAbsent(digest, mine);
      if (present == null) {
        return open(digest, opener, mine);
      }
      try {
        return await(present);
      } catch (CancellationException e) {
        // Whoever was opening it gave up for a reason of its own: it is somebody else's turn.
        keys.remove(digest, present);
      }
    }
  }

  private SigningKey open(String digest, Opener opener, CompletableFuture<SigningKey> mine)
      throws IOException {
    try {
      SigningKey key = opener.open();
      mine.complete(key);
      return key;
    } catch (IOException | RuntimeException e) {
      keys.remove(digest, mine);
      if (Thread.currentThread().isInterrupted()) {
        mine.cancel(false);
      } else {
        mine.completeExceptionally(e);
      }
      throw e;
    }
  }

  private static SigningKey await(CompletableFuture<SigningKey> present) throws IOException {
    try {
      return present.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the opening was cancelled");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), e);
    }
  }
}

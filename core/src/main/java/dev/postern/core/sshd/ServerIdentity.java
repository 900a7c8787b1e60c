package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.circuit.HopConnector.Attempt;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The key that the server of an attempt shows: verified once, and the same one from then on. */
final class ServerIdentity {
  private final Attempt attempt;
  private final ExecutorService blocking;
  private final Processing processing;
  private @Nullable Future<String> verification;
  private boolean cancelled;
  private volatile @Nullable ServerKey trusted;

  ServerIdentity(Attempt attempt, ExecutorService blocking, Processing processing) {
    this.attempt = attempt;
    this.blocking = blocking;
    this.processing = processing;
  }

  /**
   * Waits, maybe for a person, until it is known whether the key is to be trusted. Keys are
   * exchanged anew on an established session too.
   *
   * @throws HopFailure if it is not
   * @throws IOException if it was cancelled
   */
  void verify(ServerKey key) throws HopFailure, IOException {
    if (trusted == null) {
      verifyFirst(key);
    } else if (!key.equals(trusted)) {
      throw new HopFailure(
          Code.HOST_KEY_CHANGED,
          Phase.HOST_KEY,
          "the server showed another key (%s) when keys were exchanged anew"
              .formatted(Sanitiser.line(key.type())));
    }
  }

  private void verifyFirst(ServerKey key) throws HopFailure, IOException {
    Future<String> verifying = blocking.submit(() -> attempt.hostKeys().verify(key));
    synchronized (this) {
      verification = verifying;
      if (cancelled) {
        verifying.cancel(true);
      }
    }
    try {
      attempt.trail().record(Phase.HOST_KEY, processing.await(verifying::get));
      trusted = key;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (Exception e) {
      throw new IOException("the opening was cancelled", e);
    }
  }

  private static HopFailure failure(@Nullable Throwable cause) {
    return cause instanceof HopFailure failure
        ? failure
        : new HopFailure(Code.PROTOCOL_ERROR, Phase.HOST_KEY, "unexpected " + cause, cause);
  }

  /** Whether a key was shown, whatever came of it. */
  synchronized boolean wasShown() {
    return verification != null;
  }

  synchronized void cancel() {
    cancelled = true;
    if (verification != null) {
      verification.cancel(true);
    }
  }
}

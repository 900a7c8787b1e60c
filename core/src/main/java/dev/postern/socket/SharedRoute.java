package dev.postern.socket;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.TcpStream;
import dev.postern.core.socket.StreamConnector;
import dev.postern.problem.Code;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The circuit that all sockets of a route share: opened by the first, closed some time after the
 * last, opened anew when it was lost. Safe for use by several threads.
 */
final class SharedRoute implements StreamConnector {
  private final RouteOpener opener;
  private final Executor later;
  private final InstantSource clock;
  private final Refusals refusals = new Refusals();
  private @Nullable SharedCircuit current;

  /** The executor waits for as long as a circuit is kept without a socket. */
  SharedRoute(RouteOpener opener, Executor later, InstantSource clock) {
    this.opener = opener;
    this.later = later;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<TcpStream> connect(Endpoint endpoint) {
    CompletableFuture<TcpStream> result = new CompletableFuture<>();
    attempt(endpoint, result, true);
    return result;
  }

  private void attempt(Endpoint endpoint, CompletableFuture<TcpStream> result, boolean again) {
    SharedCircuit shared;
    boolean found;
    try {
      synchronized (this) {
        found = current != null && !current.isOver();
        shared = found && current != null ? current : begin();
        shared.join();
      }
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
      return;
    }
    boolean mayBeOld = found && again;
    shared
        .circuit()
        .whenComplete(
            (circuit, failure) -> {
              if (circuit == null) {
                leave(shared);
                result.completeExceptionally(unwrap(failure));
              } else {
                connect(circuit, shared, endpoint, result, mayBeOld);
              }
            });
  }

  /** Opening goes on when whoever began it gives up: the next one needs it too. */
  private SharedCircuit begin() throws IOException {
    Optional<IOException> refused = refusals.standing(clock.instant());
    if (refused.isPresent()) {
      throw refused.get();
    }
    SharedCircuit shared = new SharedCircuit(opener.open());
    current = shared;
    shared.circuit().whenComplete((circuit, failure) -> note(failure));
    shared.over().whenComplete((reason, failure) -> retire(shared));
    return shared;
  }

  private synchronized void note(@Nullable Throwable failure) {
    if (failure == null) {
      refusals.forget();
    } else if (unwrap(failure) instanceof CircuitException known) {
      refusals.note(known, clock.instant());
    }
  }

  private void connect(
      StreamConnector circuit,
      SharedCircuit shared,
      Endpoint endpoint,
      CompletableFuture<TcpStream> result,
      boolean mayBeOld) {
    if (result.isDone()) {
      leave(shared);
      return;
    }
    CompletableFuture<TcpStream> opening = circuit.connect(endpoint);
    result.whenComplete(
        (stream, failure) -> {
          if (result.isCancelled()) {
            opening.cancel(true);
          }
        });
    opening.whenComplete(
        (stream, failure) -> {
          if (stream != null) {
            TcpStream counted = new CountedStream(stream, () -> leave(shared));
            if (!result.complete(counted)) {
              counted.close();
            }
            return;
          }
          leave(shared);
          if (mayBeOld && isLost(unwrap(failure))) {
            retire(shared);
            attempt(endpoint, result, false);
          } else {
            result.completeExceptionally(unwrap(failure));
          }
        });
  }

  private static boolean isLost(Throwable failure) {
    return failure instanceof CircuitException known
        && (known.code() == Code.LINK_LOST || known.code() == Code.CLOSED);
  }

  private void leave(SharedCircuit shared) {
    long uses;
    synchronized (this) {
      shared.leave();
      if (!shared.isIdle() || shared.isOver()) {
        return;
      }
      uses = shared.uses();
    }
    later.execute(() -> closeUnused(shared, uses));
  }

  private void closeUnused(SharedCircuit shared, long uses) {
    synchronized (this) {
      if (!shared.isIdle() || shared.uses() != uses) {
        return;
      }
    }
    retire(shared);
  }

  private void retire(SharedCircuit shared) {
    synchronized (this) {
      if (!shared.retire()) {
        return;
      }
      if (current == shared) {
        current = null;
      }
    }
    shared.close();
  }

  private static Throwable unwrap(@Nullable Throwable failure) {
    Throwable inner = failure == null ? new IllegalStateException("no circuit") : failure;
    return inner instanceof CompletionException && inner.getCause() != null
        ? inner.getCause()
        : inner;
  }
}

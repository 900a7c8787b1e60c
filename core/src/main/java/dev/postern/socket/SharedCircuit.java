package dev.postern.socket;

import dev.postern.core.socket.StreamConnector;
import java.util.concurrent.CompletableFuture;

/**
 * One circuit of a route, with a count of the sockets on it. Guarded by its {@link SharedRoute}.
 */
final class SharedCircuit {
  private final RouteOpener.Opening opening;
  private int sockets;
  private long uses;
  private boolean over;

  SharedCircuit(RouteOpener.Opening opening) {
    this.opening = opening;
  }

  CompletableFuture<StreamConnector> circuit() {
    return opening.circuit();
  }

  CompletableFuture<?> over() {
    return opening.over();
  }

  void join() {
    sockets++;
    uses++;
  }

  void leave() {
    sockets--;
  }

  /** How often it was joined: who saw the same number before knows that nobody came meanwhile. */
  long uses() {
    return uses;
  }

  boolean isIdle() {
    return sockets == 0;
  }

  /** Takes it out of use; false if it was already. */
  boolean retire() {
    boolean first = !over;
    over = true;
    return first;
  }

  boolean isOver() {
    return over;
  }

  /** Closes it, on another thread, as that takes a while. */
  void close() {
    CompletableFuture.runAsync(opening.close());
  }
}

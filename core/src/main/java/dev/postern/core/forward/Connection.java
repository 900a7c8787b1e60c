package dev.postern.core.forward;

import dev.postern.route.ForwardAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection to a forward, from its arrival to its end. */
final class Connection {
  private final Duplex client;
  private final Clients clients;
  private @Nullable CompletableFuture<Duplex> opening;
  private @Nullable Duplex target;
  private boolean closed;

  Connection(Duplex client, Clients clients) {
    this.client = client;
    this.clients = clients;
  }

  /** Connects to the target, and carries bytes once it is there. */
  void to(ForwardAddress address) {
    CompletableFuture<Duplex> attempt = clients.exit().open(address);
    synchronized (this) {
      opening = attempt;
      if (closed) {
        attempt.cancel(true);
      }
    }
    attempt.whenComplete(this::opened);
  }

  private void opened(@Nullable Duplex reached, @Nullable Throwable failure) {
    if (reached == null) {
      if (failure != null) {
        clients.refusals().note(failure);
      }
      close();
      return;
    }
    synchronized (this) {
      target = reached;
      if (!closed) {
        reached = null;
      }
    }
    if (reached != null) {
      reached.close();
      return;
    }
    start();
  }

  private void start() {
    Duplex reached;
    synchronized (this) {
      reached = target;
    }
    if (reached != null) {
      clients.relay(client, reached, this::close).start();
    }
  }

  /** Closes both sides. */
  void close() {
    CompletableFuture<Duplex> attempt;
    Duplex reached;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      attempt = opening;
      reached = target;
    }
    if (reached != null) {
      reached.close();
    } else if (attempt != null) {
      attempt.cancel(true);
    }
    client.close();
    clients.gone(this);
  }
}

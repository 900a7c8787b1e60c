package dev.postern.core.socket;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.TcpStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one stream of a socket: on its way, open or closed. Closing it also ends the wait of whoever
 * opens it. Safe for use by several threads.
 */
final class StreamLink {
  private final StreamConnector connector;
  private @Nullable CompletableFuture<TcpStream> opening;
  private @Nullable TcpStream stream;
  private boolean closed;

  StreamLink(StreamConnector connector) {
    this.connector = connector;
  }

  /**
   * Opens it, once.
   *
   * @param timeout in milliseconds; 0 waits for ever
   */
  void open(Endpoint endpoint, int timeout) throws IOException, InterruptedException {
    CompletableFuture<TcpStream> begun = connector.connect(endpoint);
    synchronized (this) {
      opening = begun;
      if (closed) {
        begun.cancel(true);
      }
    }
    try {
      keep(timeout == 0 ? begun.get() : begun.get(timeout, MILLISECONDS));
    } catch (TimeoutException e) {
      giveUp(begun);
      throw Failures.late(endpoint, timeout);
    } catch (InterruptedException e) {
      giveUp(begun);
      throw e;
    } catch (CancellationException e) {
      throw Failures.closed();
    } catch (ExecutionException e) {
      throw Failures.ofConnecting(e.getCause() == null ? e : e.getCause());
    }
  }

  private static void giveUp(CompletableFuture<TcpStream> begun) {
    begun.cancel(true);
    // Not cancelled if it was opened in this very moment.
    begun.thenAccept(TcpStream::close);
  }

  private void keep(TcpStream opened) throws SocketException {
    synchronized (this) {
      if (!closed) {
        stream = opened;
        return;
      }
    }
    opened.close();
    throw Failures.closed();
  }

  synchronized TcpStream stream() throws SocketException {
    if (closed) {
      throw Failures.closed();
    }
    if (stream == null) {
      throw new SocketException("Socket is not connected");
    }
    return stream;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    CompletableFuture<TcpStream> begun;
    TcpStream open;
    synchronized (this) {
      closed = true;
      begun = opening;
      open = stream;
      stream = null;
    }
    if (begun != null) {
      begun.cancel(true);
    }
    if (open != null) {
      open.close();
    }
  }
}

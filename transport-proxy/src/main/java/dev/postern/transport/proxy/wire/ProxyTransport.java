package dev.postern.transport.proxy.wire;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import org.jspecify.annotations.Nullable;

/** Reaches a hop through a proxy, which is reached from this machine or through the hop before. */
public final class ProxyTransport implements Transport {
  private final Proxy proxy;
  private final HopContext hop;
  private final Handshake handshake;
  private @Nullable ProxyConnection current;
  private boolean closed;

  /** A transport with the words to say to the proxy. */
  public ProxyTransport(Proxy proxy, HopContext hop, Handshake handshake) {
    this.proxy = proxy;
    this.hop = hop;
    this.handshake = handshake;
  }

  @Override
  public Link open(Endpoint endpoint, @Nullable PreviousHop previous)
      throws IOException, InterruptedException {
    boolean through = false;
    try {
      ProxyConnection connection = handshake.perform(endpoint, () -> connect(previous));
      through = true;
      return Link.over(connection.channel());
    } finally {
      if (!through) {
        replace(null);
      }
    }
  }

  private ProxyConnection connect(@Nullable PreviousHop previous)
      throws IOException, InterruptedException {
    ProxyConnection connection = new ProxyConnection(proxy, reach(previous));
    replace(connection);
    return connection;
  }

  private AsynchronousByteChannel reach(@Nullable PreviousHop previous)
      throws IOException, InterruptedException {
    if (previous == null) {
      return new Dialling(proxy, hop).connect();
    }
    try {
      AsynchronousByteChannel channel = previous.openChannel(proxy.endpoint());
      hop.note("reached %s through %s".formatted(proxy, previous.info().address()));
      return channel;
    } catch (InterruptedException e) {
      throw proxy.interrupted("%s, through %s".formatted(proxy, previous.info()));
    } catch (IOException e) {
      throw new IOException("%s is not to be reached: %s".formatted(proxy, Failures.words(e)), e);
    }
  }

  private void replace(@Nullable ProxyConnection next) throws IOException {
    ProxyConnection before;
    boolean unwanted;
    synchronized (this) {
      before = current;
      current = closed ? null : next;
      unwanted = closed;
    }
    if (before != null) {
      before.close();
    }
    if (unwanted && next != null) {
      next.close();
      throw new IOException("the hop was closed while %s was connected".formatted(proxy));
    }
  }

  /** Also while it is being opened, by another thread. */
  @Override
  public void close() {
    ProxyConnection last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.close();
    }
  }
}

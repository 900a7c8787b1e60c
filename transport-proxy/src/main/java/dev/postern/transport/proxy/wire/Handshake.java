package dev.postern.transport.proxy.wire;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;

/** What is said to a proxy until the connection is the target's. */
@FunctionalInterface
public interface Handshake {
  /**
   * Speaks.
   *
   * @return the connection that leads to the target
   * @throws IOException if the proxy refuses
   */
  ProxyConnection perform(Endpoint target, Connector connector)
      throws IOException, InterruptedException;

  /** Connects to the proxy, anew each time; the connection before is closed. */
  @FunctionalInterface
  interface Connector {
    /** A new connection, that nothing was said on. */
    ProxyConnection connect() throws IOException, InterruptedException;
  }
}

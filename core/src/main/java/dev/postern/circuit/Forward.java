package dev.postern.circuit;

import java.net.InetSocketAddress;

/** A listener on this machine, tied to a circuit. */
public interface Forward extends AutoCloseable {
  /** The address it listens on, with the port that was chosen if 0 was asked for. */
  InetSocketAddress localAddress();

  /** Stops listening and closes its connections. */
  @Override
  void close();
}

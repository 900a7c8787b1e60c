package dev.postern.core.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A socket without a socket: its connection is a stream of a circuit. The states (bound, connected,
 * half-closed, closed) and what is refused in each are kept by {@link Socket} itself.
 */
final class CircuitSocket extends Socket {
  private CircuitSocket(CircuitSocketImpl stream) throws SocketException {
    super(stream);
  }

  static CircuitSocket over(StreamConnector connector) throws SocketException {
    CircuitSocketImpl stream = new CircuitSocketImpl(connector);
    CircuitSocket socket = new CircuitSocket(stream);
    stream.belongsTo(socket);
    return socket;
  }

  @Override
  public void connect(SocketAddress address) throws IOException {
    connect(address, 0);
  }

  /** Later versions of Java refuse names that this machine does not know; the hop may know them. */
  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    boolean unresolved = address instanceof InetSocketAddress name && name.isUnresolved();
    super.connect(unresolved ? Remote.named((InetSocketAddress) address) : address, timeout);
  }

  @Override
  public InetAddress getLocalAddress() {
    // There is no local end: the last hop has it, and does not tell.
    return new InetSocketAddress(0).getAddress();
  }
}

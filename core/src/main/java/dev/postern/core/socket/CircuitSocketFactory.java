package dev.postern.core.socket;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes sockets whose connections are streams of a circuit. Safe for use by several threads. */
public final class CircuitSocketFactory extends SocketFactory {
  private final StreamConnector connector;

  /** Sockets that connect by this. */
  public CircuitSocketFactory(StreamConnector connector) {
    this.connector = requireNonNull(connector, "connector is null");
  }

  @Override
  public Socket createSocket() throws IOException {
    return CircuitSocket.over(connector);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), null, 0);
  }

  @Override
  public Socket createSocket(String host, int port, @Nullable InetAddress local, int localPort)
      throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, @Nullable InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), local, localPort);
  }

  private Socket connected(SocketAddress address, @Nullable InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    try {
      if (local != null || localPort != 0) {
        socket.bind(new InetSocketAddress(local, localPort));
      }
      socket.connect(address);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}

package com.example.postern.connector.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/** Makes sockets with the factory of the moment: that of the circuit which is open now. */
final class CurrentSockets extends SocketFactory {
  private final Supplier<SocketFactory> current;

  CurrentSockets(Supplier<SocketFactory> current) {
    this.current = current;
  }

  @Override
  public Socket createSocket() throws IOException {
    return current.get().createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return current.get().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return current.get().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return current.get().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return current.get().createSocket(host, port, localHost, localPort);
  }
}

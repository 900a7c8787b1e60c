package dev.postern.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends back what it gets, on loopback, until it is closed. */
public final class EchoServer implements AutoCloseable {
  private final ServerSocket listener;

  private EchoServer(ServerSocket listener) {
    this.listener = listener;
  }

  public static EchoServer start() throws IOException {
    EchoServer server = new EchoServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(server::serve, "postern-echo");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (true) {
      try (Socket client = listener.accept()) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

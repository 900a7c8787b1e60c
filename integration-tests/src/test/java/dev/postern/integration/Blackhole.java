package dev.postern.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that can stop to carry bytes without telling anybody. */
final class Blackhole implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean swallows;

  Blackhole(int target) throws IOException {
    this.target = target;
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void swallow(boolean yes) {
    swallows = yes;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "blackhole");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
        sockets.addAll(List.of(client, server));
        daemon(() -> carry(client, server));
        daemon(() -> carry(server, client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        if (!swallows) {
          output.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

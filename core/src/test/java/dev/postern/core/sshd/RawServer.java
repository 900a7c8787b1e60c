package dev.postern.core.sshd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that says something and then hangs up, or keeps silent. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

  private RawServer(ServerSocket listener) {
    this.listener = listener;
  }

  static RawServer silent() throws IOException {
    return saying("");
  }

  /** Says it, and keeps the connection open. */
  static RawServer saying(String text) throws IOException {
    return start(text, false);
  }

  static RawServer hangingUpAfter(String text) throws IOException {
    return start(text, true);
  }

  private static RawServer start(String text, boolean hangUp) throws IOException {
    ServerSocket listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    RawServer server = new RawServer(listener);
    Thread thread = new Thread(() -> server.serve(text, hangUp), "raw-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve(String text, boolean hangUp) {
    while (true) {
      try {
        Socket socket = listener.accept();
        accepted.add(socket);
        OutputStream output = socket.getOutputStream();
        output.write(text.getBytes(StandardCharsets.ISO_8859_1));
        output.flush();
        if (hangUp) {
          socket.shutdownOutput();
          // Read to the end: closing with unread bytes would reset the connection.
          InputStream input = socket.getInputStream();
          byte[] rest = new byte[4096];
          while (input.read(rest) >= 0) {
            continue;
          }
          socket.close();
        }
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}

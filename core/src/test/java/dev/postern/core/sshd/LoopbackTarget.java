package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A listener on the loopback that gives each connection to a handler on a thread of its own. */
final class LoopbackTarget implements AutoCloseable {
  private final ServerSocket listener;

  private LoopbackTarget(Handler handler) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground(
        () -> {
          while (true) {
            Socket socket = listener.accept();
            inBackground(
                () -> {
                  try (socket) {
                    handler.handle(socket);
                  }
                });
          }
        });
  }

  static LoopbackTarget serving(Handler handler) throws IOException {
    return new LoopbackTarget(handler);
  }

  /** Sends back what it gets, and closes when the other side has ended. */
  static LoopbackTarget echo() throws IOException {
    return new LoopbackTarget(
        socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  private static void inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The test is over, or broke it on purpose.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "target");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  interface Handler {
    void handle(Socket socket) throws IOException, InterruptedException;
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }
}

package dev.postern.core.sshd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Passes connections on to a port and counts, until it freezes: then bytes disappear in it. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicLong fromClient = new AtomicLong();
  private volatile boolean frozen;

  Relay(int target) throws IOException {
    this.listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    this.target = target;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void freeze() {
    frozen = true;
  }

  /** How many bytes the clients have said. */
  long fromClient() {
    return fromClient.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
      sockets.add(near);
      sockets.add(far);
      start(() -> copy(near.getInputStream(), far.getOutputStream(), fromClient));
      start(() -> copy(far.getInputStream(), near.getOutputStream(), new AtomicLong()));
    }
  }

  private void copy(InputStream input, OutputStream output, AtomicLong counted) throws IOException {
    byte[] block = new byte[8192];
    for (int count = input.read(block); count >= 0; count = input.read(block)) {
      counted.addAndGet(count);
      if (!frozen) {
        output.write(block, 0, count);
      }
    }
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A socket was closed: its work is done.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}

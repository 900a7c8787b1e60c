package dev.postern.core.sshd;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands for a server that ends every connection whose client says that a guess follows. */
final class FussyRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  FussyRelay(int target) throws IOException {
    this.listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    this.target = target;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
      sockets.add(near);
      sockets.add(far);
      start(() -> relay(near, far));
    }
  }

  private static void relay(Socket near, Socket far) throws IOException {
    DataInputStream client = new DataInputStream(near.getInputStream());
    DataOutputStream server = new DataOutputStream(far.getOutputStream());
    near.getOutputStream().write(line(far.getInputStream()));
    server.write(line(client));
    byte[] proposal = new byte[client.readInt()];
    client.readFully(proposal);
    int padding = proposal[0];
    if (proposal[proposal.length - padding - Integer.BYTES - 1] != 0) {
      near.close();
      far.close();
      return;
    }
    server.writeInt(proposal.length);
    server.write(proposal);
    start(() -> client.transferTo(server));
    far.getInputStream().transferTo(near.getOutputStream());
  }

  /** With its end. */
  private static byte[] line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = input.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n') {
        break;
      }
      next = input.read();
    }
    return line.toByteArray();
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
            "fussy-relay");
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

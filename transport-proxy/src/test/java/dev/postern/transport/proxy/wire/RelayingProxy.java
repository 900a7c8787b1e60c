package dev.postern.transport.proxy.wire;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that does its work: is told where to, connects, and carries bytes both ways. */
public final class RelayingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final Protocol protocol;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Listens on loopback. */
  public RelayingProxy(Protocol protocol) {
    this.protocol = protocol;
    try {
      this.listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Its place. */
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      open.add(client);
      start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      Endpoint target = protocol.target(client);
      try (Socket server = new Socket(target.host(), target.port())) {
        open.add(server);
        protocol.connected(client);
        start(() -> copy(server, client));
        copy(client, server);
      } catch (IOException e) {
        protocol.refused(client);
      }
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      input.transferTo(output);
    }
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One of its ends is gone, or the test is over.
              }
            },
            "relaying-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** What is said before bytes are carried. */
  public interface Protocol {
    /** Hears where to connect. */
    Endpoint target(Socket client) throws IOException;

    /** Says that it is done. */
    void connected(Socket client) throws IOException;

    /** Says that it cannot be done. */
    void refused(Socket client) throws IOException;
  }

  private interface Task {
    void run() throws IOException;
  }
}

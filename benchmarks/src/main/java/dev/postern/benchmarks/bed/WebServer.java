package dev.postern.benchmarks.bed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers every request with 128 bytes, in one thread; for load generators that do not pipeline.
 */
final class WebServer implements AutoCloseable {
  private static final byte[] ANSWER = answer("keep-alive");
  private static final byte[] LAST_ANSWER = answer("close");
  private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);

  private final ServerSocketChannel listener;
  private final Selector selector;

  private WebServer(ServerSocketChannel listener, Selector selector) {
    this.listener = listener;
    this.selector = selector;
  }

  static WebServer start() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    listener.configureBlocking(false);
    Selector selector = Selector.open();
    listener.register(selector, SelectionKey.OP_ACCEPT);
    WebServer server = new WebServer(listener, selector);
    Thread thread = new Thread(server::serve, "web");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  Hop address() {
    return new Hop("127.0.0.1", listener.socket().getLocalPort());
  }

  private void serve() {
    try {
      while (listener.isOpen()) {
        selector.select(this::handle);
      }
    } catch (ClosedSelectorException e) {
      // closed
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        answer(key, (SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    } catch (IOException e) {
      key.cancel();
      closeQuietly(key);
    }
  }

  private void accept() throws IOException {
    for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
      client.configureBlocking(false);
      client.socket().setTcpNoDelay(true);
      client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(4096));
    }
  }

  private static void answer(SelectionKey key, SocketChannel client, ByteBuffer request)
      throws IOException {
    if (client.read(request) < 0) {
      client.close();
      return;
    }
    if (!ends(request)) {
      return;
    }
    boolean last = US_ASCII.decode(request.flip()).toString().contains("Connection: close");
    request.clear();
    // So small an answer always fits into the socket's buffer.
    client.write(ByteBuffer.wrap(last ? LAST_ANSWER : ANSWER));
    if (last) {
      key.cancel();
      client.close();
    }
  }

  private static byte[] answer(String connection) {
    String head = "HTTP/1.1 200 OK\r\nConnection: %s\r\nContent-Length: 128\r\n\r\n";
    return (head.formatted(connection) + "x".repeat(128)).getBytes(US_ASCII);
  }

  private static boolean ends(ByteBuffer request) {
    int from = request.position() - END.length;
    return from >= 0 && request.slice(from, END.length).equals(ByteBuffer.wrap(END));
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.close();
  }
}

package dev.postern.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Says {@code hello:} and then, when its client has ended, all that it heard. */
final class EchoService implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final String address;

  private EchoService(ServerSocketChannel listener, String address) {
    this.listener = listener;
    this.address = address;
    Thread accepting = new Thread(this::accept, "echo-service");
    accepting.setDaemon(true);
    accepting.start();
  }

  static EchoService onTcp() throws IOException {
    ServerSocketChannel listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    return new EchoService(
        listener, "127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  static EchoService onUnix(Path path) throws IOException {
    return new EchoService(
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(path)),
        path.toString());
  }

  /** As a forward names it. */
  String address() {
    return address;
  }

  int port() {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        Thread serving = new Thread(() -> serve(client), "echo-client");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(SocketChannel client) {
    try (client) {
      ByteBuffer heard = ByteBuffer.allocate(1 << 16);
      while (client.read(heard) >= 0 && heard.hasRemaining()) {
        // Until its end.
      }
      client.write(ByteBuffer.wrap("hello:".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      client.write(heard.flip());
    } catch (IOException e) {
      // The test sees it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

package dev.postern.integration;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Connects to what a forward listens on, and says something. */
final class Client {
  private Client() {}

  static SocketAddress of(ForwardAddress address) {
    if (address instanceof UnixSocket unix) {
      return UnixDomainSocketAddress.of(unix.path());
    }
    Tcp tcp = (Tcp) address;
    return new InetSocketAddress(tcp.host().equals("*") ? "127.0.0.1" : tcp.host(), tcp.port());
  }

  /** Says it, ends, and gives the answer. */
  static String ask(Forward forward, String words) throws IOException {
    return ask(of(forward.address()), words);
  }

  static String ask(SocketAddress address, String words) throws IOException {
    try (SocketChannel socket = SocketChannel.open(address)) {
      socket.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
      socket.shutdownOutput();
      return rest(socket);
    }
  }

  static String rest(SocketChannel socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (socket.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}

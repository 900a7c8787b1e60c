package dev.postern.auth.publickey;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Messages to and from an agent: a length and that many octets, each within a time limit. */
final class AgentChannel implements AutoCloseable {
  /** OpenSSH's own limit. */
  private static final int MOST_OCTETS = 256 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey registration;

  private AgentChannel(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.registration = channel.register(selector, 0);
  }

  static AgentChannel connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
        throw new IOException("it accepts no connection");
      }
      Selector selector = Selector.open();
      return new AgentChannel(channel, selector);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends a message and waits for the answer to it. After a failure the channel is closed. */
  synchronized byte[] exchange(byte[] message, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + message.length);
      request.putInt(message.length).put(message).flip();
      while (request.hasRemaining()) {
        if (channel.write(request) == 0) {
          await(SelectionKey.OP_WRITE, deadline);
        }
      }
      int length = read(Integer.BYTES, deadline).getInt();
      if (length < 1 || length > MOST_OCTETS) {
        throw new KeyFormatException(
            "its answer claims %s octets; at most %d are accepted"
                .formatted(Integer.toUnsignedString(length), MOST_OCTETS));
      }
      return read(length, deadline).array();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private ByteBuffer read(int length, long deadline) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer);
      if (count < 0) {
        throw new IOException("it closed the connection");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return buffer.flip();
  }

  private void await(int operation, long deadline) throws IOException {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw new IOException("it did not answer in time");
    }
    try {
      registration.interestOps(operation);
      selector.select(left);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new IOException("the connection was closed meanwhile", e);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the opening was cancelled");
    }
  }

  @Override
  public void close() {
    try (selector;
        channel) {
      selector.wakeup();
    } catch (IOException e) {
      // Nothing is left to do with a socket that does not even close.
    }
  }
}

package dev.postern.transport.proxy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The connection to a proxy while it is spoken to, by one thread and with blocking calls; then the
 * channel that SSH runs over.
 */
public final class ProxyConnection implements AutoCloseable {
  private static final int READ_SIZE = 8 * 1024;

  private final Proxy proxy;
  private final AsynchronousByteChannel channel;
  private final ByteBuffer arrived = ByteBuffer.allocate(READ_SIZE).limit(0);
  private String asked = "the connection";

  /** The connection is open, and closed by whoever made it if it does not become SSH's. */
  public ProxyConnection(Proxy proxy, AsynchronousByteChannel channel) {
    this.proxy = proxy;
    this.channel = channel;
  }

  /**
   * Sends all of it.
   *
   * @param what it is, for the sentence that says what was not answered: "CONNECT db:22"
   */
  public void send(String what, byte[] bytes) throws IOException, InterruptedException {
    asked = what;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      await(channel.write(buffer));
    }
  }

  /** The next byte, 0 to 255. */
  public int receive() throws IOException, InterruptedException {
    if (!arrived.hasRemaining()) {
      fill();
    }
    return arrived.get() & 0xff;
  }

  /** Exactly as many bytes. */
  public byte[] receive(int count) throws IOException, InterruptedException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) receive();
    }
    return bytes;
  }

  /** What is here already, for a message about it; no more than the limit. */
  public String arrived(int limit) {
    byte[] bytes = new byte[Math.min(limit, arrived.remaining())];
    arrived.get(bytes);
    return new String(bytes, UTF_8);
  }

  private void fill() throws IOException, InterruptedException {
    arrived.clear();
    int count = 0;
    try {
      count = await(channel.read(arrived));
    } finally {
      arrived.flip();
    }
    if (count < 0) {
      throw new IOException(
          "%s closed the connection before it had answered %s; check that %s listens there"
              .formatted(proxy, asked, proxy.kind()));
    }
  }

  private int await(Future<Integer> step) throws IOException, InterruptedException {
    try {
      return step.get();
    } catch (InterruptedException e) {
      throw proxy.interrupted("the answer of %s to %s".formatted(proxy, asked));
    } catch (ExecutionException e) {
      throw new IOException(
          "the connection to %s broke before it had answered %s: %s"
              .formatted(proxy, asked, Failures.words(e.getCause())),
          e);
    }
  }

  /** The channel from here on. What was read beyond the proxy's words comes first. */
  public AsynchronousByteChannel channel() {
    return arrived.hasRemaining() ? new ReplayChannel(arrived, channel) : channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is being given up.
    }
  }
}

package dev.postern.benchmarks.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A service that sends, or takes, as many bytes as it is asked for; and its client. */
public final class SourceSink implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;

  /** Which way bytes go, as seen by the client. */
  public enum Direction {
    /** The service sends. */
    DOWN('D'),
    /** The service takes. */
    UP('U');

    private final byte code;

    Direction(char code) {
      this.code = (byte) code;
    }
  }

  private final ServerSocketChannel listener;

  private SourceSink(ServerSocketChannel listener) {
    this.listener = listener;
  }

  static SourceSink start() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    SourceSink service = new SourceSink(listener);
    Thread thread = new Thread(service::accept, "source-sink");
    thread.setDaemon(true);
    thread.start();
    return service;
  }

  /** Where it listens. */
  public Hop address() {
    return new Hop("127.0.0.1", listener.socket().getLocalPort());
  }

  /** Moves bytes through a port of this machine that leads to the service; gives the seconds. */
  public static double transfer(int port, Direction direction, long bytes) throws IOException {
    long begin = System.nanoTime();
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      ByteBuffer request = ByteBuffer.allocate(9);
      request.put(direction.code).putLong(bytes).flip();
      write(channel, request);
      if (direction == Direction.DOWN) {
        take(channel, bytes);
      } else {
        send(channel, bytes);
        take(channel, 1);
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel channel = listener.accept();
        Thread thread = new Thread(() -> serve(channel), "source-sink");
        thread.setDaemon(true);
        thread.start();
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void serve(SocketChannel channel) {
    try (channel) {
      ByteBuffer request = ByteBuffer.allocate(9);
      while (request.hasRemaining()) {
        if (channel.read(request) < 0) {
          return;
        }
      }
      request.flip();
      boolean sends = request.get() == Direction.DOWN.code;
      long bytes = request.getLong();
      if (sends) {
        send(channel, bytes);
      } else {
        take(channel, bytes);
        send(channel, 1);
      }
    } catch (IOException e) {
      // The client sees it, as a transfer that is cut off.
    }
  }

  private static void send(SocketChannel channel, long bytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long rest = bytes; rest > 0; rest -= chunk.position()) {
      chunk.clear().limit((int) Math.min(rest, CHUNK));
      write(channel, chunk);
    }
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void take(SocketChannel channel, long bytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (long rest = bytes; rest > 0; ) {
      chunk.clear().limit((int) Math.min(rest, CHUNK));
      int count = channel.read(chunk);
      if (count < 0) {
        throw new IOException("cut off with " + rest + " bytes to come");
      }
      rest -= count;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

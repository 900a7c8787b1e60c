package dev.postern.core.forward;

import static java.net.StandardSocketOptions.SO_LINGER;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static jdk.net.ExtendedSocketOptions.TCP_QUICKACK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket of this machine, TCP or Unix. Bytes are written on whatever thread has them,
 * as long as the socket takes them; the loop waits only for what it does not take.
 */
final class SocketDuplex implements Duplex, SocketLoop.Ready {
  private final SocketChannel socket;
  private final SocketLoop loop;
  private final boolean canAcknowledge;
  private volatile @Nullable SelectionKey key;
  private volatile Runnable readable = () -> {};
  private @Nullable ByteBuffer unsent;
  private @Nullable Consumer<@Nullable Throwable> sent;

  /** The last read left nothing, so the next one waits until the loop has seen more. */
  private volatile boolean drained;

  private volatile boolean closed;

  private SocketDuplex(SocketChannel socket, SocketLoop loop) {
    this.socket = socket;
    this.loop = loop;
    this.canAcknowledge = socket.supportedOptions().contains(TCP_QUICKACK);
  }

  /** Takes a connected socket over. On the loop's thread. */
  static SocketDuplex of(SocketChannel socket, SocketLoop loop) throws IOException {
    socket.configureBlocking(false);
    if (socket.supportedOptions().contains(TCP_NODELAY)) {
      socket.setOption(TCP_NODELAY, true);
    }
    SocketDuplex duplex = new SocketDuplex(socket, loop);
    duplex.key = loop.register(socket, 0, duplex);
    return duplex;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (drained) {
      return 0;
    }
    int count = socket.read(target);
    if (count >= 0 && target.hasRemaining()) {
      drained = true;
      want(SelectionKey.OP_READ);
    }
    return count;
  }

  private void want(int operation) {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      registered.interestOpsOr(operation);
      loop.wakeup();
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    int operations = ready.readyOps();
    ready.interestOpsAnd(~operations);
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      flush();
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      drained = false;
      readable.run();
    }
  }

  @Override
  public void acknowledge() {
    try {
      if (canAcknowledge) {
        socket.setOption(TCP_QUICKACK, true);
      }
    } catch (IOException e) {
      // If it is closed, the next read says so.
    }
  }

  @Override
  public void consumed(int count) {
    // The kernel has seen to it.
  }

  @Override
  public void onReadable(Runnable action) {
    readable = action;
    action.run();
  }

  @Override
  public void write(ByteBuffer source, Consumer<@Nullable Throwable> done) {
    try {
      socket.write(source);
    } catch (IOException | RuntimeException e) {
      done.accept(e);
      return;
    }
    if (!source.hasRemaining()) {
      done.accept(null);
      return;
    }
    synchronized (this) {
      if (!closed) {
        unsent = source;
        sent = done;
        want(SelectionKey.OP_WRITE);
        return;
      }
    }
    done.accept(new ClosedChannelException());
  }

  @Override
  public void offer(ByteBuffer source) throws IOException {
    socket.write(source);
  }

  private void flush() {
    ByteBuffer source;
    Consumer<@Nullable Throwable> done;
    synchronized (this) {
      source = unsent;
      done = sent;
    }
    if (source == null || done == null) {
      return;
    }
    IOException failure = null;
    try {
      socket.write(source);
    } catch (IOException e) {
      failure = e;
    }
    if (failure == null && source.hasRemaining()) {
      want(SelectionKey.OP_WRITE);
      return;
    }
    synchronized (this) {
      unsent = null;
      sent = null;
    }
    done.accept(failure);
  }

  @Override
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** A socket does not tell: reading and writing do. */
  @Override
  public void onOver(Runnable action) {}

  @Override
  public void abort() {
    try {
      if (socket.supportedOptions().contains(SO_LINGER)) {
        socket.setOption(SO_LINGER, 0);
      }
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }

  @Override
  public void close() {
    Consumer<@Nullable Throwable> waiting;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting = sent;
      sent = null;
      unsent = null;
    }
    SocketLoop.quietly(socket);
    // The socket goes when the loop has forgotten it.
    loop.wakeup();
    if (waiting != null) {
      waiting.accept(new ClosedChannelException());
    }
  }
}

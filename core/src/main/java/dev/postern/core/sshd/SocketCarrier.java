package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;

import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.SocketLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket that we dialled. The loop's thread reads it, and as a rule processes what it read before
 * it turns to the next; so there is one buffer for all.
 */
final class SocketCarrier implements Carrier {
  /** More than what is processed at once, so that only what waits for others stops the reading. */
  private static final int WAITING = 256 << 10;

  /** After so many full buffers others have their turn. */
  private static final int TURN = 2;

  /**
   * Servers write their answers one by one, with Nagle's algorithm (RFC 9293 section 3.7.4), and
   * hold the next until the last is acknowledged: for 40 ms, if nobody hurries. More bytes are the
   * middle of a stream, which goes on by itself.
   */
  private static final int LITTLE = 2048;

  private final Duplex socket;
  private final SocketAddress remote;
  private final SocketLoop loop;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile @Nullable LinkIoSession session;

  SocketCarrier(Duplex socket, SocketAddress remote, SocketLoop loop) {
    this.socket = socket;
    this.remote = remote;
    this.loop = loop;
  }

  @Override
  public void start(LinkIoSession target) {
    session = target;
    loop.run(() -> socket.onReadable(this::read));
  }

  private void read() {
    LinkIoSession target = requireNonNull(session);
    for (int i = 0; i < TURN; i++) {
      // Once it is processed there is another call.
      if (waiting.get() >= WAITING || !readOnce(target)) {
        return;
      }
    }
    readLater();
  }

  private void readLater() {
    if (due.compareAndSet(false, true)) {
      loop.later(
          () -> {
            due.set(false);
            read();
          });
    }
  }

  private boolean readOnce(LinkIoSession target) {
    ByteBuffer bytes = loop.scratch();
    int count;
    try {
      count = socket.read(bytes);
    } catch (IOException e) {
      target.failed(e);
      return false;
    }
    if (count < 0) {
      target.ended();
    }
    if (count <= 0) {
      return false;
    }
    if (count <= LITTLE) {
      socket.acknowledge();
    }
    waiting.addAndGet(count);
    target.received(bytes.flip());
    return true;
  }

  @Override
  public void processed(int count) {
    int before = waiting.getAndAdd(-count);
    if (before >= WAITING && before - count < WAITING) {
      readLater();
    }
  }

  @Override
  public void write(Buffer buffer, Consumer<@Nullable Throwable> done) {
    socket.write(ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available()), done);
  }

  @Override
  public boolean afterThisTurn(Runnable task) {
    return loop.isHere() && loop.later(task);
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public void close() {
    socket.close();
  }
}

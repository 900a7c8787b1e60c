package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream beneath one SSH session, over any carrier. Inbound bytes are processed by whoever
 * brings them once nothing of that can wait for anybody; before, on a queue of the session's own,
 * so that one that is slow holds up no other. The carrier gets room for more only when they were
 * processed. Outbound buffers go out in order, small ones together.
 */
final class LinkIoSession extends AbstractCloseable implements IoSession {
  private static final int LAST_WORDS_MILLIS = 250;

  /** Far more than our channels ever have under way, and a few megabytes at most. */
  private static final int BACKLOG = 16_384;

  /** From here on a buffer is worth a write of its own. */
  private static final int LARGE = 8 << 10;

  /** So much of small ones goes out together: with its frame it fits into a packet of 32 KiB. */
  private static final int TOGETHER = 31 << 10;

  private final long id;
  private final IoService service;
  private final IoHandler handler;
  private final Carrier carrier;
  private final SerialQueue inbound;
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final Deque<Write> outbound = new ArrayDeque<>();
  private boolean writing;
  private volatile BooleanSupplier settled = () -> false;

  LinkIoSession(
      AtomicLong ids, IoService service, IoHandler handler, Carrier carrier, Executor pool) {
    this.id = ids.incrementAndGet();
    this.service = service;
    this.handler = handler;
    this.carrier = carrier;
    this.inbound = new SerialQueue(pool, this::fail);
  }

  /** Makes the SSH session, which begins to speak. */
  void create() throws Exception {
    handler.sessionCreated(this);
  }

  /**
   * Lets the carrier's bytes in.
   *
   * @param settled whether what comes may be processed by whoever brings it: it waits for nobody,
   *     and takes no longer than its bytes do
   */
  void flow(BooleanSupplier settled) {
    this.settled = settled;
    inbound.resume(() -> {});
    carrier.start(this);
  }

  /** Bytes from the carrier, which has them back when this returns. */
  void received(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (settled.getAsBoolean() && inbound.runNow(() -> process(bytes, length))) {
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(length).put(bytes).flip();
    inbound.execute(() -> process(copy, length));
  }

  /** The carrier has no more. */
  void ended() {
    inbound.execute(() -> fail(new EOFException("the other side closed the connection")));
  }

  /** The carrier failed. */
  void failed(Throwable failure) {
    inbound.execute(() -> fail(failure));
  }

  private void process(ByteBuffer bytes, int length) {
    try {
      if (!isClosing()) {
        handler.messageReceived(this, Readable.readable(bytes));
      }
    } catch (Exception e) {
      fail(e);
    } finally {
      carrier.processed(length);
    }
  }

  private void fail(Throwable failure) {
    if (isClosed()) {
      return;
    }
    try {
      handler.exceptionCaught(this, failure);
    } catch (Exception e) {
      // The session is past hearing it; what is left is to close.
    }
    close(true);
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) {
    // A channel takes a buffer of its own session's kind for one that it framed itself, so it gets
    // one of another kind.
    Write write =
        new Write(id, new ByteArrayBuffer(buffer.array(), buffer.rpos(), buffer.available()));
    synchronized (outbound) {
      if (isClosed()) {
        write.fail(new ClosedChannelException());
        return write;
      }
      if (outbound.size() == BACKLOG) {
        return refused(write);
      }
      outbound.add(write);
      if (writing) {
        return write;
      }
      writing = true;
    }
    if (buffer.available() >= LARGE || !afterThisTurn(this::pump)) {
      pump();
    }
    return write;
  }

  /** See {@link Carrier#acknowledge}. */
  void acknowledge() {
    carrier.acknowledge();
  }

  /** See {@link Carrier#afterThisTurn}. */
  boolean afterThisTurn(Runnable task) {
    return carrier.afterThisTurn(task);
  }

  private Write refused(Write write) {
    SshException reason =
        new SshException(
            SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
            "it asked %d times without taking an answer".formatted(BACKLOG));
    write.fail(reason);
    failed(reason);
    return write;
  }

  /**
   * A write that completes at once goes on in the loop, one that completes later comes back here:
   * never a recursion.
   */
  private void pump() {
    while (true) {
      List<Write> next;
      synchronized (outbound) {
        next = next();
        if (next.isEmpty()) {
          writing = false;
          return;
        }
      }
      AtomicInteger turn = new AtomicInteger();
      carrier.write(
          joined(next),
          failure -> {
            written(next, failure);
            if (!turn.compareAndSet(0, 1)) {
              pump();
            }
          });
      if (turn.compareAndSet(0, 2)) {
        return;
      }
    }
  }

  private List<Write> next() {
    List<Write> next = new ArrayList<>();
    int length = 0;
    for (Write write : outbound) {
      length += write.buffer.available();
      if (length > TOGETHER && !next.isEmpty()) {
        break;
      }
      next.add(write);
    }
    return next;
  }

  private static Buffer joined(List<Write> writes) {
    if (writes.size() == 1) {
      return writes.get(0).buffer;
    }
    Buffer all = new ByteArrayBuffer(TOGETHER);
    writes.forEach(write -> all.putBuffer(write.buffer));
    return all;
  }

  /**
   * A write that fails often means that the other side has said why and gone: its last words are
   * still on their way in, and come first.
   */
  private void written(List<Write> writes, @Nullable Throwable failure) {
    synchronized (outbound) {
      writes.forEach(outbound::remove);
    }
    if (failure == null) {
      writes.forEach(Write::succeed);
      return;
    }
    writes.forEach(write -> write.fail(failure));
    CompletableFuture.delayedExecutor(LAST_WORDS_MILLIS, MILLISECONDS)
        .execute(() -> failed(failure));
  }

  @Override
  protected CloseFuture doCloseGracefully() {
    List<Write> pending;
    synchronized (outbound) {
      pending = new ArrayList<>(outbound);
    }
    return builder().when(toString(), pending).build().close(false);
  }

  @Override
  protected void doCloseImmediately() {
    carrier.close();
    super.doCloseImmediately();
    List<Write> pending;
    synchronized (outbound) {
      pending = new ArrayList<>(outbound);
      outbound.clear();
    }
    pending.forEach(write -> write.fail(new ClosedChannelException()));
    inbound.resume(this::closed);
  }

  private void closed() {
    try {
      handler.sessionClosed(this);
    } catch (Exception e) {
      // There may never have been a session.
    }
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return carrier.remoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return InetSocketAddress.createUnresolved("postern", 0);
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return null;
  }

  @Override
  public IoService getService() {
    return service;
  }

  @Override
  public void shutdownOutputStream() {
    // SSH sessions end in both directions at once.
  }

  @Override
  public void suspendRead() {
    // MINA suspends the connections of forwards only, never those of sessions.
  }

  @Override
  public void resumeRead() {}

  @Override
  public String toString() {
    return "link " + id + " to " + carrier.remoteAddress();
  }

  private static final class Write extends AbstractIoWriteFuture {
    private final Buffer buffer;

    Write(long session, Buffer buffer) {
      super("link " + session, null);
      this.buffer = buffer;
    }

    void succeed() {
      setValue(true);
    }

    void fail(Throwable failure) {
      setValue(failure);
    }
  }
}

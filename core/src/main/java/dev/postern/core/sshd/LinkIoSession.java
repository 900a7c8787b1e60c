package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream beneath one SSH session, over any carrier. Inbound bytes are processed on a queue
 * of the session's own, so that one that is slow holds up no other; the carrier gets room for more
 * only when they were processed. Outbound buffers go out one at a time, in order.
 */
final class LinkIoSession extends AbstractCloseable implements IoSession {
  private static final int LAST_WORDS_MILLIS = 250;

  /** Far more than our channels ever have under way, and a few megabytes at most. */
  private static final int BACKLOG = 16_384;

  private final long id;
  private final IoService service;
  private final IoHandler handler;
  private final Carrier carrier;
  private final SerialQueue inbound;
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final Deque<Write> outbound = new ArrayDeque<>();
  private boolean writing;

  LinkIoSession(
      AtomicLong ids, IoService service, IoHandler handler, Carrier carrier, Executor pool) {
    this.id = ids.incrementAndGet();
    this.service = service;
    this.handler = handler;
    this.carrier = carrier;
    this.inbound = new SerialQueue(pool, this::fail);
  }

  SerialQueue inbound() {
    return inbound;
  }

  /** Makes the SSH session, which begins to speak. */
  void create() throws Exception {
    handler.sessionCreated(this);
  }

  /** Lets the carrier's bytes in. */
  void flow() {
    inbound.resume(() -> {});
    carrier.start(this);
  }

  /** Bytes from the carrier, copied before this returns. */
  void received(byte[] data, int offset, int length) {
    Buffer copy = ByteArrayBuffer.getCompactClone(data, offset, length);
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

  private void process(Buffer buffer, int length) {
    try {
      if (!isClosing()) {
        handler.messageReceived(this, buffer);
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
    pump();
    return write;
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
      Write write;
      synchronized (outbound) {
        write = outbound.peek();
        if (write == null) {
          writing = false;
          return;
        }
      }
      AtomicInteger turn = new AtomicInteger();
      carrier.write(
          write.buffer,
          failure -> {
            written(write, failure);
            if (!turn.compareAndSet(0, 1)) {
              pump();
            }
          });
      if (turn.compareAndSet(0, 2)) {
        return;
      }
    }
  }

  /**
   * A write that fails often means that the other side has said why and gone: its last words are
   * still on their way in, and come first.
   */
  private void written(Write write, @Nullable Throwable failure) {
    synchronized (outbound) {
      outbound.remove(write);
    }
    if (failure == null) {
      write.succeed();
      return;
    }
    write.fail(failure);
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

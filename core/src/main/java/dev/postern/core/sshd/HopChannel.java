package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * A {@code direct-tcpip} channel (RFC 4254 section 7.2) that carries the session of the next hop:
 * no local socket, and room in its window only for what the inner session has processed.
 */
final class HopChannel extends ChannelDirectTcpip implements Carrier {
  /** The whole inner session lives in this window; MINA's 2 MiB would bound it on a long way. */
  private static final long WINDOW = 8L << 20;

  private final PosternSession outer;
  private final Endpoint target;
  private volatile @Nullable LinkIoSession inner;
  private final Room room = new Room(this);
  private byte[] arrived = new byte[0];
  private boolean ended;

  HopChannel(PosternSession outer, Endpoint target) {
    // An originator of our own: MINA would look up this machine's name and tell it to every hop.
    super(
        new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(target.host(), target.port()));
    this.outer = outer;
    this.target = target;
    setStreaming(Streaming.Async);
    CoreModuleProperties.WINDOW_SIZE.set(this, SessionSettings.window(outer, WINDOW));
  }

  /** Under one lock with what comes early, so that nothing overtakes that and nothing is lost. */
  @Override
  public void start(LinkIoSession session) {
    synchronized (this) {
      if (arrived.length > 0) {
        session.received(ByteBuffer.wrap(arrived));
      }
      if (ended) {
        session.ended();
      }
      arrived = new byte[0];
      inner = session;
    }
    addCloseFutureListener(closed -> gone(session));
  }

  private void gone(LinkIoSession session) {
    if (outer.isOpen()) {
      session.ended();
    } else {
      session.failed(new IOException(outer.attempt().whyGone()));
    }
  }

  /** Once only: each time opens it, and asks for what it is for. */
  @Override
  public void handleOpenSuccess(long recipient, long window, long packet, Buffer buffer) {
    if (openFuture == null || openFuture.isDone()) {
      throw new IllegalStateException("a channel that nobody asked for was confirmed");
    }
    super.handleOpenSuccess(recipient, window, packet, buffer);
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    if (isClosing()) {
      return;
    }
    if (inner == null && kept(data, offset, (int) length)) {
      return;
    }
    requireNonNull(inner).received(ByteBuffer.wrap(data, offset, (int) length));
  }

  /** The next server may speak before its session is made. */
  private synchronized boolean kept(byte[] data, int offset, int length) {
    if (inner != null) {
      return false;
    }
    byte[] joined = Arrays.copyOf(arrived, arrived.length + length);
    System.arraycopy(data, offset, joined, arrived.length, length);
    arrived = joined;
    return true;
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    LinkIoSession session;
    synchronized (this) {
      ended = true;
      session = inner;
    }
    if (session != null) {
      session.ended();
    }
  }

  @Override
  public void write(Buffer buffer, Consumer<@Nullable Throwable> done) {
    IoWriteFuture written;
    try {
      // Marked as internal: during a key exchange of the outer session other threads would block
      // here, holding the inner session's lock.
      written = ThreadUtils.runAsInternal(getAsyncIn(), stream -> stream.writeBuffer(buffer));
    } catch (IOException | RuntimeException e) {
      done.accept(e);
      return;
    }
    written.addListener(
        future -> done.accept(future.isWritten() ? null : failure(future.getException())));
  }

  private static Throwable failure(@Nullable Throwable cause) {
    return cause == null ? new EOFException("the channel was closed") : cause;
  }

  @Override
  public void processed(int count) {
    room.give(count);
  }

  /** The first hop's socket does so without being asked. */
  @Override
  public void acknowledge() {
    outer.hurry();
  }

  /** What the outer session writes in this turn, the inner one may too. */
  @Override
  public boolean afterThisTurn(Runnable task) {
    return outer.getIoSession() instanceof LinkIoSession link && link.afterThisTurn(task);
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved(target.host(), target.port());
  }

  /** What waits for room in the window would keep the channel open for ever. */
  @Override
  public void close() {
    if (asyncIn != null) {
      asyncIn.close(true);
    }
    close(false);
  }
}

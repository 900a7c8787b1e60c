package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a channel received and nobody has read yet. The window bounds it: room is given back to the
 * sender only for what was read. Small packets share a block, so a sender of single bytes costs no
 * more memory than one of full packets.
 */
final class ReceivedBytes {
  private static final int SMALLEST_BLOCK = 4096;

  private final IntConsumer release;
  private final Deque<byte[]> blocks = new ArrayDeque<>();
  private int head;
  private int tail;
  private int size;
  private boolean ended;
  private boolean discarding;
  private @Nullable IOException failure;
  private @Nullable Runnable listener;
  private @Nullable Consumer<ByteBuffer> taker;

  /** Read bytes are reported to {@code release}, outside of any lock. */
  ReceivedBytes(IntConsumer release) {
    this.release = release;
  }

  /** Adds what arrived, but for what is taken at once. */
  void append(byte[] data, int offset, int length) {
    Consumer<ByteBuffer> first = taker();
    if (first == null) {
      keep(data, offset, length);
      return;
    }
    ByteBuffer arrived = ByteBuffer.wrap(data, offset, length);
    first.accept(arrived);
    if (arrived.hasRemaining()) {
      keep(data, arrived.position(), arrived.remaining());
    }
  }

  private synchronized @Nullable Consumer<ByteBuffer> taker() {
    return size == 0 && !ended ? taker : null;
  }

  /** Sets who is offered what arrives while nothing is kept. It takes it out of the buffer. */
  synchronized void onArrival(Consumer<ByteBuffer> action) {
    taker = action;
  }

  private void keep(byte[] data, int offset, int length) {
    boolean kept;
    synchronized (this) {
      kept = !discarding;
      if (kept && !ended) {
        store(data, offset, length);
        notifyAll();
      }
    }
    if (!kept) {
      release.accept(length);
      return;
    }
    tell();
  }

  private void store(byte[] data, int offset, int length) {
    int done = 0;
    byte[] last = blocks.peekLast();
    if (last != null) {
      done = Math.min(length, last.length - tail);
      System.arraycopy(data, offset, last, tail, done);
      tail += done;
    }
    if (done < length) {
      byte[] block = new byte[Math.max(length - done, SMALLEST_BLOCK)];
      System.arraycopy(data, offset + done, block, 0, length - done);
      blocks.addLast(block);
      tail = length - done;
    }
    size += length;
  }

  /** Nothing more comes. With a failure, readers get it once they have read what is here. */
  void end(@Nullable IOException reason) {
    synchronized (this) {
      if (!ended) {
        ended = true;
        failure = reason;
      }
      notifyAll();
    }
    tell();
  }

  /** Nobody reads any more: what is here is dropped, and what comes holds up nothing. */
  void discard(@Nullable IOException reason) {
    int dropped;
    synchronized (this) {
      dropped = size;
      discarding = true;
      ended = true;
      failure = reason;
      blocks.clear();
      head = 0;
      tail = 0;
      size = 0;
      notifyAll();
    }
    if (dropped > 0) {
      release.accept(dropped);
    }
    tell();
  }

  /** Runs when there is something to {@link #poll}; it must not block. */
  void onChange(Runnable action) {
    synchronized (this) {
      listener = action;
    }
    action.run();
  }

  private void tell() {
    Runnable action;
    synchronized (this) {
      action = listener;
    }
    if (action != null) {
      action.run();
    }
  }

  synchronized int available() {
    return size;
  }

  /** Waits for bytes, and reads as many as are here; -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    return read(target, offset, length, 0);
  }

  /**
   * Waits for bytes for a time, and reads as many as are here; -1 at the end.
   *
   * @param timeoutMillis how long to wait at most; 0 waits for ever
   * @throws SocketTimeoutException if nothing came
   */
  int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count;
    synchronized (this) {
      awaitBytes(timeoutMillis);
      count = take(ByteBuffer.wrap(target, offset, length));
    }
    if (count > 0) {
      release.accept(count);
    }
    return count;
  }

  /**
   * Reads without waiting, and leaves it to the caller to report what it read as released.
   *
   * @return 0 if nothing is here yet, -1 at the end
   */
  synchronized int poll(ByteBuffer target) throws IOException {
    return size == 0 && !ended ? 0 : take(target);
  }

  private int take(ByteBuffer target) throws IOException {
    if (size == 0) {
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      return -1;
    }
    int before = target.position();
    while (size > 0 && target.hasRemaining()) {
      byte[] block = blocks.getFirst();
      int end = blocks.size() == 1 ? tail : block.length;
      int count = Math.min(end - head, target.remaining());
      target.put(block, head, count);
      head += count;
      size -= count;
      if (head == end) {
        blocks.removeFirst();
        head = 0;
      }
    }
    return target.position() - before;
  }

  private synchronized void awaitBytes(int timeoutMillis) throws InterruptedIOException {
    long beginning = System.nanoTime();
    try {
      while (size == 0 && !ended) {
        wait(left(beginning, timeoutMillis));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the other side");
    }
  }

  private static long left(long beginning, int timeoutMillis) throws SocketTimeoutException {
    if (timeoutMillis == 0) {
      return 0;
    }
    long left = timeoutMillis - NANOSECONDS.toMillis(System.nanoTime() - beginning);
    if (left <= 0) {
      throw new SocketTimeoutException("Read timed out");
    }
    return left;
  }
}

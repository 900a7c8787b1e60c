package dev.postern.core.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: a buffer under way, and the next one is read when that one is
 * written, so the slower side sets the pace. After a few it lets others have their turn.
 */
final class Flow {
  private static final int TURN = 8;

  private final Duplex from;
  private final Duplex to;
  private final SocketLoop loop;
  private final Buffers buffers;
  private final LongConsumer count;
  private final Ends ends;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Thread pumping;
  private volatile boolean writing;
  private volatile boolean done;

  /** Told how a direction ended. */
  interface Ends {
    /** All went over, or the receiver takes no more. */
    void ended();

    /** What went over is not all. */
    void broken();
  }

  Flow(Duplex from, Duplex to, SocketLoop loop, Buffers buffers, LongConsumer count, Ends ends) {
    this.from = from;
    this.to = to;
    this.loop = loop;
    this.buffers = buffers;
    this.count = count;
    this.ends = ends;
  }

  void start() {
    from.onArrival(this::take);
    from.onReadable(this::pump);
  }

  /** Passes on what just arrived with no copy kept, as far as the receiver takes it now. */
  private void take(ByteBuffer arrived) {
    if (writing || done || !asked.compareAndSet(0, 1)) {
      return;
    }
    int before = arrived.remaining();
    try {
      to.offer(arrived);
    } catch (IOException e) {
      // What is left is read and written, which fails in the same way.
    }
    passed(before - arrived.remaining());
    if (!asked.compareAndSet(1, 0)) {
      asked.set(0);
      pump();
    }
  }

  private void passed(int length) {
    if (length > 0) {
      count.accept(length);
      from.consumed(length);
    }
  }

  boolean isDone() {
    return done;
  }

  /** There is nowhere to bring more to. */
  void stop() {
    done = true;
  }

  /** Brings over what is here. Of two threads that come at once, one does the work of both. */
  void pump() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int turn = TURN;
    int answered = 1;
    do {
      pumping = Thread.currentThread();
      while (!writing && !done && turn > 0 && step()) {
        turn--;
      }
      pumping = null;
      if (turn == 0) {
        asked.set(0);
        loop.later(this::pump);
        return;
      }
      answered = asked.addAndGet(-answered);
    } while (answered != 0);
  }

  private boolean step() {
    ByteBuffer buffer = buffers.take();
    int length;
    try {
      length = from.read(buffer);
    } catch (IOException e) {
      buffers.give(buffer);
      finish(false);
      return false;
    }
    if (length <= 0) {
      buffers.give(buffer);
      if (length < 0) {
        end();
      }
      return false;
    }
    writing = true;
    ByteBuffer bytes = buffer.limit(buffer.position()).position(Duplex.HEADROOM);
    to.write(bytes, failure -> written(buffer, length, failure));
    return true;
  }

  private void end() {
    try {
      to.end();
    } catch (IOException e) {
      // It takes nothing any more: the end is no news to it.
    }
    finish(true);
  }

  private void written(ByteBuffer buffer, int length, @Nullable Throwable failure) {
    buffers.give(buffer);
    if (failure != null) {
      writing = false;
      finish(true);
      return;
    }
    passed(length);
    writing = false;
    if (pumping != Thread.currentThread()) {
      loop.run(this::pump);
    }
  }

  private void finish(boolean whole) {
    done = true;
    if (whole) {
      ends.ended();
    } else {
      ends.broken();
    }
  }
}

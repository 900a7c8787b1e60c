package dev.postern.core.forward;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Buffers for bytes under way, so that a connection that is idle holds none. */
final class Buffers {
  /** A packet of the usual 32 KiB holds it also where it is that of a session inside of others. */
  private static final int SIZE = 31 << 10;

  private static final int KEPT = 64;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  ByteBuffer take() {
    synchronized (this) {
      ByteBuffer buffer = free.poll();
      if (buffer != null) {
        return buffer.clear();
      }
    }
    return ByteBuffer.allocate(SIZE);
  }

  synchronized void give(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.push(buffer);
    }
  }
}

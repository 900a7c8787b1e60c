package dev.postern.core.forward;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers for bytes under way, so that a connection that is idle holds none. Around the bytes is
 * room for the frame of a packet.
 */
final class Buffers {
  /** A packet of the usual 32 KiB holds it also where it is that of a session inside of others. */
  private static final int SIZE = 31 << 10;

  /** Padding and tag of a packet. */
  private static final int TAILROOM = 64;

  private static final int KEPT = 64;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  ByteBuffer take() {
    synchronized (this) {
      ByteBuffer buffer = free.poll();
      if (buffer != null) {
        return empty(buffer);
      }
    }
    return empty(ByteBuffer.allocate(Duplex.HEADROOM + SIZE + TAILROOM));
  }

  private static ByteBuffer empty(ByteBuffer buffer) {
    return buffer.limit(Duplex.HEADROOM + SIZE).position(Duplex.HEADROOM);
  }

  synchronized void give(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.push(buffer);
    }
  }
}

package dev.postern.core.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A byte channel of which either direction can end alone: a socket of this machine, or a channel
 * through a hop. Nothing here blocks. One thread at a time may read, and one may write.
 */
public interface Duplex {
  /** Bytes that start so far from the start of their array can be framed where they are. */
  int HEADROOM = 14;

  /**
   * Reads what is here.
   *
   * @return 0 if nothing is here yet: then the action of {@link #onReadable} runs once more is; -1
   *     at the end
   * @throws IOException if it broke: what was read is not all
   */
  int read(ByteBuffer target) throws IOException;

  /** Tells the sender at once what has arrived, which systems else put off. Sockets alone can. */
  default void acknowledge() {}

  /** What was read has been passed on, so the sender may send as much again. */
  void consumed(int count);

  /**
   * Sets who may take what arrives before it is kept for reads: it takes from the buffer what it
   * can use at once. It must not block. Nobody is asked where the system keeps it anyway.
   */
  default void onArrival(Consumer<ByteBuffer> taker) {}

  /** Sets what runs when a read may bring something, and runs it. It must not block. */
  void onReadable(Runnable action);

  /**
   * Sends all of it. The buffer is left alone, and nothing else is written, until {@code done} got
   * null or a failure: maybe at once, maybe on another thread. What its array holds then, room
   * around the bytes included, is anything.
   */
  void write(ByteBuffer source, Consumer<@Nullable Throwable> done);

  /**
   * Sends as much as goes at once, and leaves the rest in the buffer. Not while a write is under
   * way.
   */
  default void offer(ByteBuffer source) throws IOException {}

  /** Ends our direction. */
  void end() throws IOException;

  /** Sets what runs when the other side neither sends nor takes any more. At most once. */
  void onOver(Runnable action);

  /** Closes both directions. */
  void close();

  /** Closes it so that the other side does not take what it has for all, where that can be. */
  void abort();
}

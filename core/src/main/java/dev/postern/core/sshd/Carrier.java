package dev.postern.core.sshd;

import java.net.SocketAddress;
import java.util.function.Consumer;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What carries the bytes of a session: a channel of another session, or a channel of the JDK. */
interface Carrier {
  /** Begins to hand bytes to the session. */
  void start(LinkIoSession session);

  /** Writes all of the buffer, then reports. Called for one buffer at a time. */
  void write(Buffer buffer, Consumer<@Nullable Throwable> done);

  /** That many bytes were processed: more may come. */
  void processed(int count);

  /**
   * Runs the task once all that is being processed now has been, if that is not long: what was
   * written by then goes out together.
   *
   * @return whether it will; otherwise what is written had better go out at once
   */
  default boolean afterThisTurn(Runnable task) {
    return false;
  }

  /**
   * Has what came so far acknowledged, on all of the way: nothing will be said that would do it.
   */
  default void acknowledge() {}

  SocketAddress remoteAddress();

  /** Closes without waiting. */
  void close();
}

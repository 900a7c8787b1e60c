package dev.postern.core.socket;

import java.io.IOException;
import java.io.InputStream;

/** What a stream of a circuit is read from, where reading can have a limit of time. */
public abstract class TimedInput extends InputStream {
  /**
   * Reads like {@link #read(byte[], int, int)}.
   *
   * @param timeoutMillis how long to wait for a first byte at most; 0 waits for ever
   * @throws java.net.SocketTimeoutException if none came; the stream can be read on
   */
  public abstract int read(byte[] target, int offset, int length, int timeoutMillis)
      throws IOException;

  /** Nobody wants more: reading comes to the end of file, and what arrives is dropped. */
  public abstract void ignore();
}

package dev.postern.circuit;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apiguardian.api.API;

/**
 * A command or shell at the far end, on a session channel (RFC 4254 section 6). Safe for use by
 * several threads, one for each stream. Its streams block, hold at most a channel window in memory,
 * and are byte-exact. Read {@link #output} and {@link #error} on threads of their own where both
 * may carry much.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface RemoteProcess extends AutoCloseable {
  /** Its standard input; closing it sends the end of file. */
  OutputStream input();

  /** Its standard output. */
  InputStream output();

  /** Its standard error; empty and at its end where there is a terminal. */
  InputStream error();

  /**
   * Hands what the process says to a receiver, without a thread that waits for it. Once only, and
   * in place of reading {@link #output} and {@link #error}.
   *
   * @param executor runs the receiver
   * @return completes when both streams are at their end and the receiver has taken everything;
   *     fails with an {@link java.io.IOException} if the link is lost, and with what the receiver
   *     failed with
   */
  CompletionStage<Void> deliver(OutputReceiver receiver, Executor executor);

  /**
   * Its end. Fails with a {@link CircuitException} if the link is lost before the end is known.
   * Cancelling it does not end the process.
   */
  CompletionStage<ExecResult> ended();

  /**
   * Waits for its end.
   *
   * @throws CircuitException if the link is lost before the end is known
   */
  ExecResult waitFor() throws CircuitException, InterruptedException;

  /** Tells its terminal the new size, in characters; does nothing without a terminal. */
  void resize(int columns, int rows);

  /**
   * Sends a signal by its name without {@code SIG} (RFC 4254 section 6.9); servers may ignore it.
   */
  void signal(String name);

  /** Closes the channel. What runs at the far end may go on. */
  @Override
  void close();
}

package dev.postern.circuit;

import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * Takes what a process says, in place of a thread that reads its streams. It is called for one
 * process by one thread at a time, and not again before the stage of the call before is complete.
 */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface OutputReceiver {
  /** Which of the two streams. */
  enum Source {
    /** Standard output. */
    OUTPUT,
    /** Standard error. */
    ERROR
  }

  /**
   * Takes some bytes.
   *
   * @param bytes never empty; the receiver may keep them
   * @return completes when there is room for more: until then nothing more is delivered, and the
   *     far end is held up once a channel window is full. A failure ends the delivery.
   */
  CompletionStage<Void> receive(Source source, byte[] bytes);
}

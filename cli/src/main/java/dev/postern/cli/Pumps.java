package dev.postern.cli;

import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Moves bytes between a remote process and this one, as they come. */
final class Pumps {
  private static final int BUFFER = 64 * 1024;

  private final Thread output;
  private final Thread error;

  private Pumps(Thread output, Thread error) {
    this.output = output;
    this.error = error;
  }

  static Pumps start(RemoteProcess process, Console console) {
    daemon("postern-stdin", () -> pumpInput(console.input(), process.input()));
    return new Pumps(
        daemon("postern-stdout", () -> pump(process.output(), console.output())),
        daemon("postern-stderr", () -> pump(process.error(), console.error())));
  }

  /**
   * Waits until everything that the remote process said is written. Our input may never end, so
   * nobody waits for it.
   */
  void finish() throws InterruptedException {
    output.join();
    error.join();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void pumpInput(InputStream from, OutputStream to) {
    try (to) {
      pump(from, to);
    } catch (IOException e) {
      // The remote end takes no more input, which is its right.
    }
  }

  private static void pump(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // Whoever reads us has gone, or the link has; the process's end says which.
    }
  }
}

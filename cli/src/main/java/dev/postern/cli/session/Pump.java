package dev.postern.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes from one stream to the other, each as soon as it comes. */
final class Pump implements Runnable {
  private static final int BUFFER = 64 * 1024;

  private final InputStream from;
  private final OutputStream to;
  private final boolean passEnd;
  private final Thread thread;
  private volatile boolean broken;

  private Pump(String name, InputStream from, OutputStream to, boolean passEnd) {
    this.from = from;
    this.to = to;
    this.passEnd = passEnd;
    this.thread = new Thread(this, name);
    thread.setDaemon(true);
  }

  /** Starts, on a thread that does not hold the process. */
  static Pump start(String name, InputStream from, OutputStream to, boolean passEnd) {
    Pump pump = new Pump(name, from, to, passEnd);
    pump.thread.start();
    return pump;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int count;
      try {
        count = from.read(buffer);
      } catch (IOException e) {
        // The end of the process says why.
        break;
      }
      if (count < 0) {
        break;
      }
      try {
        to.write(buffer, 0, count);
        to.flush();
      } catch (IOException e) {
        broken = true;
        return;
      }
    }
    if (passEnd) {
      closeTarget();
    }
  }

  private void closeTarget() {
    try {
      to.close();
    } catch (IOException e) {
      // The other side has gone before.
    }
  }

  /** Whether nobody takes what we write. */
  boolean isBroken() {
    return broken;
  }

  /** Waits for the end of what it reads. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends it, unless it hangs in a read that nothing ends. */
  void abandon() {
    thread.interrupt();
  }
}

package dev.postern.core.sshd.sftp;

import java.util.concurrent.Semaphore;

/** How many bytes all streams of a session together may have asked for in advance. */
final class ReadAhead {
  private static final int BYTES = 8 << 20;

  private final Semaphore free = new Semaphore(BYTES);

  boolean take(int bytes) {
    return free.tryAcquire(bytes);
  }

  void giveBack(int bytes) {
    free.release(bytes);
  }
}

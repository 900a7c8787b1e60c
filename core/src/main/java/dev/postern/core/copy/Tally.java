package dev.postern.core.copy;

import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.SftpException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What came of it so far. Safe for use by several threads. */
final class Tally {
  private final CopyListener listener;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<@Nullable SftpException> lost = new AtomicReference<>();
  private volatile boolean stopped;

  Tally(CopyListener listener) {
    this.listener = listener;
  }

  void started(String source, String target, long size, long resumedAt) {
    listener.started(source, target, size, resumedAt);
  }

  void moved(String source, long count) {
    bytes.addAndGet(count);
    listener.progressed(source, count);
  }

  void finished(String source, String target, long size) {
    files.incrementAndGet();
    listener.finished(source, target, size);
  }

  /**
   * What ends the session is told once. What fails after it or after an interrupt, and only because
   * of that, is not told.
   */
  void failed(String source, SftpException failure) {
    if (stopped || Thread.currentThread().isInterrupted()) {
      return;
    }
    if (failure.endsSession()) {
      if (!lost.compareAndSet(null, failure)) {
        return;
      }
      stopped = true;
    }
    failures.incrementAndGet();
    listener.failed(source, failure);
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  CopyResult result() {
    return new CopyResult(
        files.get(), bytes.get(), failures.get(), Optional.ofNullable(lost.get()));
  }
}

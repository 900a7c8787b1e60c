package dev.postern.cli.copy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.sftp.CopyListener;
import dev.postern.sftp.SftpException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** A line on a terminal that says how far the copy is, painted anew a few times a second. */
public final class CopyLine implements CopyListener, AutoCloseable {
  private static final String ERASE = "\r\u001b[K";
  private static final int PAUSE_MILLIS = 200;

  private final PrintStream terminal;
  private final IntSupplier columns;
  private final CopyListener next;
  private final CopyState state = new CopyState();
  private final CountDownLatch over = new CountDownLatch(1);
  private final long beginning = System.nanoTime();
  private boolean dirty;

  private CopyLine(PrintStream terminal, IntSupplier columns, CopyListener next) {
    this.terminal = terminal;
    this.columns = columns;
    this.next = next;
  }

  /** Begins to paint; what it hears, it passes on when there is room for it to be said. */
  public static CopyLine start(PrintStream terminal, IntSupplier columns, CopyListener next) {
    CopyLine line = new CopyLine(terminal, columns, next);
    Thread painter = new Thread(line::paint, "postern-copy-line");
    painter.setDaemon(true);
    painter.start();
    return line;
  }

  private void paint() {
    try {
      while (!over.await(PAUSE_MILLIS, MILLISECONDS)) {
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    if (over.getCount() == 0) {
      return;
    }
    terminal.print(ERASE + state.line(elapsed(), columns.getAsInt()));
    terminal.flush();
    dirty = true;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - beginning);
  }

  @Override
  public void started(String source, String target, long size, long resumedAt) {
    synchronized (this) {
      state.started(source, size, resumedAt);
    }
    next.started(source, target, size, resumedAt);
  }

  @Override
  public void progressed(String source, long bytes) {
    synchronized (this) {
      state.progressed(source, bytes);
    }
    next.progressed(source, bytes);
  }

  @Override
  public void finished(String source, String target, long size) {
    synchronized (this) {
      state.finished(source);
    }
    next.finished(source, target, size);
  }

  @Override
  public synchronized void failed(String source, SftpException failure) {
    state.failed(source);
    erase();
    next.failed(source, failure);
  }

  private void erase() {
    if (dirty) {
      terminal.print(ERASE);
      terminal.flush();
      dirty = false;
    }
  }

  /** Erases the line. */
  @Override
  public synchronized void close() {
    over.countDown();
    erase();
  }

  /** Says what came of it, in place of the line. */
  public synchronized void sum() {
    close();
    if (state.files() > 0) {
      terminal.println(state.summary(elapsed()));
    }
  }
}

package dev.postern.core.forward;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of all sockets of this machine, those of sessions and those of forwards: what
 * comes in by one goes out by another with no thread between. Nothing on it may block. There is
 * none while there is nothing to wait for. Safe for use by several threads.
 */
public final class SocketLoop implements AutoCloseable {
  private static final long LINGER_MILLIS = 2_000;
  private static final int SCRATCH = 128 << 10;
  private static final int SETTLE_SECONDS = 2;

  private final Object lock = new Object();
  private Deque<Runnable> tasks = new ArrayDeque<>();
  private @Nullable Selector selector;
  private volatile @Nullable Thread thread;
  private boolean closed;
  private @Nullable ByteBuffer scratch;

  /** Told on the loop's thread that its channel is ready. */
  interface Ready {
    void ready(SelectionKey key);
  }

  /**
   * Connects to an address.
   *
   * @return completes on the loop's thread; cancelling it gives it up
   */
  public CompletableFuture<Duplex> connect(SocketAddress address) {
    CompletableFuture<Duplex> connected = new CompletableFuture<>();
    if (!later(() -> new Dialling(List.of(address).iterator(), this, connected).next())) {
      connected.completeExceptionally(new ClosedSelectorException());
    }
    return connected;
  }

  /** Room for what is read and used up before others have their turn. On the loop's thread. */
  public ByteBuffer scratch() {
    ByteBuffer room = scratch;
    if (room == null) {
      room = ByteBuffer.allocateDirect(SCRATCH);
      scratch = room;
    }
    return room.clear();
  }

  /** Runs it on the loop's thread: at once if we are on it. */
  public void run(Runnable task) {
    if (isHere()) {
      task.run();
    } else {
      later(task);
    }
  }

  /** Whether this is the loop's thread. */
  public boolean isHere() {
    return Thread.currentThread() == thread;
  }

  /**
   * Runs it on the loop's thread, after what waits already.
   *
   * @return whether it will; no if the loop is closed
   */
  public boolean later(Runnable task) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      tasks.add(task);
      if (thread == null) {
        start();
      } else if (!isHere()) {
        requireNonNull(selector).wakeup();
      }
      return true;
    }
  }

  /** Makes changes to keys count now. */
  void wakeup() {
    if (isHere()) {
      return;
    }
    synchronized (lock) {
      if (selector != null) {
        selector.wakeup();
      }
    }
  }

  /**
   * Waits, not for long, until the sockets that were closed are gone. A port is free only then. On
   * the loop's own thread it does nothing.
   */
  void settle() {
    if (isHere()) {
      return;
    }
    CountDownLatch settled = new CountDownLatch(1);
    synchronized (lock) {
      if (closed || thread == null) {
        return;
      }
      later(
          () -> {
            forget();
            settled.countDown();
          });
    }
    try {
      settled.await(SETTLE_SECONDS, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget() {
    try {
      requireNonNull(selector).selectNow(this::ready);
    } catch (IOException e) {
      // The next look does it.
    }
  }

  /** Waits for a channel, whose blocking mode is off. On the loop's thread. */
  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    return channel.register(requireNonNull(selector), operations, ready);
  }

  private void start() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      tasks.clear();
      throw new UncheckedIOException(e);
    }
    Thread created = new Thread(this::loop, "postern-io");
    created.setDaemon(true);
    thread = created;
    created.start();
  }

  private void loop() {
    Selector own = requireNonNull(selector);
    while (true) {
      try {
        await(own);
      } catch (IOException e) {
        // The next look will show what is wrong with whose channel.
      }
      Deque<Runnable> due;
      synchronized (lock) {
        if (tasks.isEmpty() && (closed || own.keys().isEmpty())) {
          end(own);
          return;
        }
        due = tasks;
        tasks = new ArrayDeque<>();
      }
      due.forEach(SocketLoop::guarded);
    }
  }

  private void await(Selector own) throws IOException {
    boolean due;
    synchronized (lock) {
      due = closed || !tasks.isEmpty();
    }
    if (due) {
      own.selectNow(this::ready);
    } else {
      own.select(this::ready, own.keys().isEmpty() ? LINGER_MILLIS : 0);
    }
  }

  private void ready(SelectionKey key) {
    Ready ready = (Ready) key.attachment();
    guarded(() -> ready.ready(key));
  }

  /** A connection that trips over itself must not take the others with it. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (CancelledKeyException e) {
      // Closed meanwhile.
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private void end(Selector own) {
    thread = null;
    selector = null;
    scratch = null;
    for (SelectionKey key : List.copyOf(own.keys())) {
      quietly(key.channel());
    }
    quietly(own);
  }

  static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // It is given up.
    }
  }

  /** Closes every socket that is left, and lets the thread end. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (selector != null) {
        selector.wakeup();
      }
    }
  }
}

package dev.postern.core.memory;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows: what a file said when it was first asked, and what was learned since.
 * One thread at a time writes, all that is new at once.
 */
final class Notebook {
  private static final int LIMIT = 1_000;

  private final Optional<MemoryFile> file;
  private final Executor blocking;
  private final ReentrantLock writing = new ReentrantLock();

  private @Nullable Contents read;
  private final Map<String, Optional<Remembered>> learned =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Remembered>> eldest) {
          return size() > LIMIT;
        }
      };
  private Map<String, Optional<Remembered>> unwritten = new HashMap<>();
  private boolean scheduled;

  Notebook(Optional<MemoryFile> file, Executor blocking) {
    this.file = file;
    this.blocking = blocking;
  }

  synchronized Optional<Remembered> recall(String name) {
    Optional<Remembered> own = learned.get(name);
    if (own != null) {
      return own;
    }
    if (read == null) {
      read = file.map(MemoryFile::read).orElseGet(Contents::empty);
    }
    return read.find(name);
  }

  void note(String name, Optional<Remembered> seen) {
    synchronized (this) {
      if (recall(name).equals(seen)) {
        return;
      }
      learned.put(name, seen);
      if (file.isEmpty()) {
        return;
      }
      unwritten.put(name, seen);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    try {
      blocking.execute(this::write);
    } catch (RejectedExecutionException e) {
      // Closing writes it.
    }
  }

  /** Writes what is new; what cannot be written waits for the next time. */
  void write() {
    writing.lock();
    try {
      Map<String, Optional<Remembered>> news;
      synchronized (this) {
        scheduled = false;
        news = unwritten;
        unwritten = new HashMap<>();
      }
      boolean written = news.isEmpty() || file.isEmpty() || file.get().update(news);
      if (!written) {
        putBack(news);
      }
    } finally {
      writing.unlock();
    }
  }

  private synchronized void putBack(Map<String, Optional<Remembered>> news) {
    if (unwritten.size() + news.size() <= LIMIT) {
      news.forEach(unwritten::putIfAbsent);
    }
  }
}

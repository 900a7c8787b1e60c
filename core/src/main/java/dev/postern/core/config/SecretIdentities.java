package dev.postern.core.config;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers secret objects, each object with a number of its own, without keeping them alive. Safe
 * for use by several threads.
 */
final class SecretIdentities {
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Map<Key, Long> numbers = new HashMap<>();
  private long next;

  synchronized long of(Object secret) {
    for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
      numbers.remove(key);
    }
    return numbers.computeIfAbsent(new Key(secret, gone), key -> next++);
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object secret, ReferenceQueue<Object> queue) {
      super(secret, queue);
      this.hash = System.identityHashCode(secret);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null && other instanceof Key key && key.get() == mine;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}

package dev.postern.core.sshd;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.jspecify.annotations.Nullable;

/**
 * Our keys for an exchange that will be guessed, made while the connection is: for a post-quantum
 * exchange, making them takes longer than anything else that we do.
 */
final class EarlyKeys {
  private final String exchange;
  private @Nullable FutureTask<AbstractDH> making;

  private EarlyKeys(String exchange, FutureTask<AbstractDH> making) {
    this.exchange = exchange;
    this.making = making;
  }

  /** Begins to make them, if this exchange of our proposal has keys that need no server. */
  static Optional<EarlyKeys> of(String exchange, Executor executor) {
    DHFactory group = Algorithms.keyExchange(exchange);
    if (group.isGroupExchange() || !group.isSupported()) {
      return Optional.empty();
    }
    FutureTask<AbstractDH> making = new FutureTask<>(() -> make(group));
    executor.execute(making);
    return Optional.of(new EarlyKeys(exchange, making));
  }

  private static AbstractDH make(DHFactory group) throws Exception {
    AbstractDH keys = group instanceof HybridExchange hybrid ? hybrid.begun() : group.create();
    keys.getE();
    return keys;
  }

  /** Takes them for that exchange, once, and waits if need be; null if there are none for it. */
  @Nullable AbstractDH take(String wanted) throws Exception {
    FutureTask<AbstractDH> taken = wanted.equals(exchange) ? release() : null;
    if (taken == null) {
      return null;
    }
    // Where nobody has begun yet, it is done here.
    taken.run();
    try {
      return taken.get();
    } catch (ExecutionException e) {
      throw new SshException("no keys could be made for " + exchange, e.getCause());
    }
  }

  /** They are not needed. */
  void drop() {
    FutureTask<AbstractDH> unused = release();
    if (unused != null) {
      unused.cancel(false);
    }
  }

  /** Keys of one exchange must not live as long as the session. */
  private synchronized @Nullable FutureTask<AbstractDH> release() {
    FutureTask<AbstractDH> released = making;
    making = null;
    return released;
  }
}

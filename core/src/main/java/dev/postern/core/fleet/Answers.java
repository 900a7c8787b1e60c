package dev.postern.core.fleet;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.config.SharedSecrets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the person typed in one run: each question is asked once, and asked again only if no server
 * took the answer. Safe for use by several threads.
 */
final class Answers implements SharedSecrets, AutoCloseable {
  private final Map<String, Answer> answers = new HashMap<>();
  private final AtomicInteger asking = new AtomicInteger();

  @Override
  public synchronized Secret shared(String identity, Secret secret) {
    return answers.computeIfAbsent(identity, key -> new Answer(secret, asking));
  }

  /** Whether the person is typing. */
  boolean isAsking() {
    return asking.get() > 0;
  }

  /** What no server took yet may have been mistyped. */
  synchronized void refused() {
    answers.values().forEach(Answer::forgetDoubtful);
  }

  synchronized void accepted() {
    answers.values().forEach(Answer::trust);
  }

  /** Wipes the answers. */
  @Override
  public synchronized void close() {
    answers.values().forEach(Answer::wipe);
  }

  private static final class Answer implements Secret {
    private final Secret secret;
    private final AtomicInteger asking;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable SecretValue value;
    private @Nullable SecretException declined;
    private boolean trusted;

    Answer(Secret secret, AtomicInteger asking) {
      this.secret = secret;
      this.asking = asking;
    }

    @Override
    public SecretValue read() throws SecretException {
      try {
        turn.lockInterruptibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SecretException("the opening was cancelled while somebody else was asked", e);
      }
      try {
        return answer();
      } finally {
        turn.unlock();
      }
    }

    private SecretValue answer() throws SecretException {
      synchronized (this) {
        if (value != null) {
          return value.copy();
        }
        if (declined != null) {
          throw new SecretException(String.valueOf(declined.getMessage()), declined);
        }
      }
      asking.incrementAndGet();
      try {
        SecretValue typed = secret.read();
        synchronized (this) {
          value = typed.copy();
        }
        return typed;
      } catch (SecretException e) {
        if (!Thread.currentThread().isInterrupted()) {
          synchronized (this) {
            declined = e;
          }
        }
        throw e;
      } finally {
        asking.decrementAndGet();
      }
    }

    synchronized void forgetDoubtful() {
      if (!trusted) {
        wipe();
      }
    }

    synchronized void trust() {
      trusted |= value != null;
    }

    synchronized void wipe() {
      if (value != null) {
        value.close();
        value = null;
      }
    }

    @Override
    public String toString() {
      return secret.toString();
    }
  }
}

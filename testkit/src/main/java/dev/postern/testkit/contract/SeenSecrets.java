package dev.postern.testkit.contract;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often secrets are read, and remembers them, to look for them where they must not be.
 */
final class SeenSecrets {
  private final AtomicInteger reads = new AtomicInteger();
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  Secret watched(Secret secret) {
    return new Secret() {
      @Override
      public SecretValue read() throws SecretException {
        reads.incrementAndGet();
        SecretValue value = secret.read();
        remember(value);
        return value;
      }

      @Override
      public String toString() {
        return secret.toString();
      }
    };
  }

  void remember(SecretValue value) {
    values.add(String.valueOf(value.chars()));
  }

  int reads() {
    return reads.get();
  }

  Set<String> values() {
    return Set.copyOf(values);
  }
}

package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KeyRingTest {
  private final KeyRing ring = new KeyRing();

  @Test
  void opensAKeyOnce() throws Exception {
    SigningKey key = anyKey();

    assertThat(ring.get("a", () -> key)).isSameAs(key);
    assertThat(ring.get("a", KeyRingTest::anyKey)).isSameAs(key);
    assertThat(ring.get("b", KeyRingTest::anyKey)).isNotSameAs(key);
  }

  @Test
  void forgetsAFailure() throws Exception {
    assertThatThrownBy(
            () ->
                ring.get(
                    "a",
                    () -> {
                      throw new IOException("declined");
                    }))
        .hasMessage("declined");
    SigningKey key = anyKey();

    assertThat(ring.get("a", () -> key)).isSameAs(key);
  }

  @Test
  void letsTheNextTryWhenAnOpeningWasCancelled() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    SigningKey key = anyKey();
    Thread cancelled =
        new Thread(
            () -> {
              try {
                ring.get("a", () -> interrupted(inside, proceed));
              } catch (IOException e) {
                // This is the opening that was cancelled.
              }
            });
    cancelled.start();
    inside.await();
    FutureTask<SigningKey> second = new FutureTask<>(() -> ring.get("a", () -> key));
    Thread waiting = new Thread(second);
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    proceed.countDown();

    assertThat(second.get()).isSameAs(key);
  }

  private static SigningKey interrupted(CountDownLatch inside, CountDownLatch proceed)
      throws IOException {
    inside.countDown();
    try {
      proceed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Thread.currentThread().interrupt();
    throw new IOException("cancelled");
  }

  private static SigningKey anyKey() throws KeyFormatException {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    return SigningKeys.ed25519(seed, SigningKeys.ed25519PublicKey(seed));
  }
}

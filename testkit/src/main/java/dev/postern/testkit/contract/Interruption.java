package dev.postern.testkit.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;

/** Interrupts a call that waits, as a cancelled opening does. */
final class Interruption {
  private static final int PATIENCE_SECONDS = 10;
  private static final int LOOK_MILLIS = 20;

  private Interruption() {}

  /** The call must end, somehow, soon after it was interrupted. */
  static void ends(String what, CountDownLatch waiting, Runnable call) throws InterruptedException {
    Thread thread = new Thread(call, "contract-interruption");
    thread.setDaemon(true);
    thread.start();
    long patience = System.nanoTime() + SECONDS.toNanos(PATIENCE_SECONDS);
    while (thread.isAlive()
        && System.nanoTime() < patience
        && !waiting.await(LOOK_MILLIS, MILLISECONDS)) {
      // Whichever comes first: it ends by itself, or it waits.
    }
    thread.interrupt();
    thread.join(SECONDS.toMillis(PATIENCE_SECONDS));
    assertThat(thread.isAlive())
        .as(
            "%s still runs %d seconds after its thread was interrupted; let InterruptedException out, or turn it into a SecretException and end",
            what, PATIENCE_SECONDS)
        .isFalse();
  }
}

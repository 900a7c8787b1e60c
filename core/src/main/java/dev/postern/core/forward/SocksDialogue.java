package dev.postern.core.forward;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.core.socks.SocksServer;
import dev.postern.core.socks.SocksStep;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hears where a client wants to go. It has so much time, and a few bytes of our memory. */
final class SocksDialogue {
  private final Duplex client;
  private final Duration patience;
  private final SocksServer server = new SocksServer();
  private final CompletableFuture<ForwardAddress> heard = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();
  private ByteBuffer awaited = ByteBuffer.allocate(1);
  private volatile boolean answering;

  SocksDialogue(Duplex client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /** Completes with where it wants to go, then {@link #answer} says what came of it. */
  CompletableFuture<ForwardAddress> hear() {
    heard.orTimeout(patience.toMillis(), MILLISECONDS);
    client.onReadable(this::advance);
    return heard;
  }

  /** Tells the client what came of it: null if it is connected. */
  void answer(@Nullable Throwable failure, Runnable then) {
    ByteBuffer answer =
        failure == null ? server.granted() : server.refused(SocksFailures.reasonOf(failure));
    client.write(answer, ignored -> then.run());
  }

  private void advance() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int answered = 1;
    do {
      while (!answering && !heard.isDone() && read()) {
        // As long as there is something.
      }
      answered = asked.addAndGet(-answered);
    } while (answered != 0);
  }

  private boolean read() {
    int count;
    try {
      count = client.read(awaited);
    } catch (IOException e) {
      heard.completeExceptionally(e);
      return false;
    }
    if (count < 0) {
      heard.completeExceptionally(new IOException("its client went before it said where to"));
      return false;
    }
    client.consumed(count);
    if (awaited.hasRemaining()) {
      return count > 0;
    }
    follow(server.take(awaited.array()));
    return true;
  }

  private void follow(SocksStep step) {
    if (step instanceof SocksStep.Connect connect) {
      heard.complete(new Tcp(connect.host(), connect.port()));
      return;
    }
    if (step instanceof SocksStep.Refused refused) {
      say(refused.answer(), () -> heard.completeExceptionally(new IOException(refused.reason())));
      return;
    }
    awaited = ByteBuffer.allocate(server.wanted());
    say(((SocksStep.More) step).answer(), this::advance);
  }

  private void say(ByteBuffer answer, Runnable then) {
    if (!answer.hasRemaining()) {
      then.run();
      return;
    }
    answering = true;
    client.write(
        answer,
        failure -> {
          answering = false;
          then.run();
        });
  }
}

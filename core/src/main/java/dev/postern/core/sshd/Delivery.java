package dev.postern.core.sshd;

import dev.postern.circuit.OutputReceiver;
import dev.postern.circuit.OutputReceiver.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands both streams of a channel to a receiver, as bytes come, on an executor. No thread waits,
 * and the sender gets room only for what the receiver has taken.
 */
final class Delivery {
  private static final int LARGEST = 32 << 10;

  /** After so many pieces others that share the executor have their turn. */
  private static final int TURN = 16;

  private final StreamingChannel channel;
  private final OutputReceiver receiver;
  private final Executor executor;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Stream output;
  private final Stream error;
  private boolean changed;
  private boolean running;

  Delivery(StreamingChannel channel, OutputReceiver receiver, Executor executor) {
    this.channel = channel;
    this.receiver = receiver;
    this.executor = executor;
    this.output = new Stream(Source.OUTPUT, channel.received());
    this.error = new Stream(Source.ERROR, channel.receivedError());
  }

  CompletableFuture<Void> start() {
    channel.received().onChange(this::wake);
    channel.receivedError().onChange(this::wake);
    return done;
  }

  /** Called on I/O threads. */
  private void wake() {
    synchronized (this) {
      changed = true;
      if (running || done.isDone()) {
        return;
      }
      running = true;
    }
    submit();
  }

  private void submit() {
    try {
      executor.execute(this::run);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void run() {
    for (int i = 0; i < TURN; i++) {
      synchronized (this) {
        changed = false;
      }
      if (done.isDone() || !deliverNext()) {
        return;
      }
    }
    submit();
  }

  /** Whether to go on at once; otherwise somebody else will. */
  private boolean deliverNext() {
    byte[] bytes = output.poll();
    Stream from = output;
    if (bytes == null) {
      bytes = error.poll();
      from = error;
    }
    if (bytes == null) {
      return !isOver() && !rest();
    }
    CompletionStage<Void> taken;
    try {
      taken = receiver.receive(from.source, bytes);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
      return false;
    }
    int count = bytes.length;
    CompletableFuture<Void> room = taken.toCompletableFuture();
    if (room.isDone() && !room.isCompletedExceptionally()) {
      channel.release(count);
      return true;
    }
    room.whenComplete((nothing, failure) -> taken(count, failure));
    return false;
  }

  private void taken(int count, @Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
      return;
    }
    channel.release(count);
    submit();
  }

  private boolean isOver() {
    if (!output.ended || !error.ended) {
      return false;
    }
    IOException failure = output.failure == null ? error.failure : output.failure;
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
    return true;
  }

  /** Whether nothing came since we looked. */
  private synchronized boolean rest() {
    running = changed;
    return !changed;
  }

  private static final class Stream {
    private final Source source;
    private final ReceivedBytes received;
    private boolean ended;
    private @Nullable IOException failure;

    Stream(Source source, ReceivedBytes received) {
      this.source = source;
      this.received = received;
    }

    byte @Nullable [] poll() {
      int here = Math.min(LARGEST, received.available());
      ByteBuffer buffer = ByteBuffer.allocate(Math.max(1, here));
      int count;
      try {
        count = ended ? -1 : received.poll(buffer);
      } catch (IOException e) {
        failure = e;
        count = -1;
      }
      ended = count < 0;
      if (count <= 0) {
        return null;
      }
      return count == buffer.capacity() ? buffer.array() : Arrays.copyOf(buffer.array(), count);
    }
  }
}

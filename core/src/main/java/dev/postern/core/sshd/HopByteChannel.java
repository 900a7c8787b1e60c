package dev.postern.core.sshd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/**
 * A channel through a hop as the JDK speaks of channels. The hop's server gets room for more only
 * when the bytes were read here.
 */
final class HopByteChannel implements AsynchronousByteChannel {
  private final DirectChannel channel;
  private final PosternSession outer;
  private final Completions completions;
  private @Nullable PendingRead<?> pending;

  private HopByteChannel(DirectChannel channel, PosternSession outer, Completions completions) {
    this.channel = channel;
    this.outer = outer;
    this.completions = completions;
  }

  /** The channel when it is open. Cancelling the result closes it. */
  static CompletableFuture<AsynchronousByteChannel> of(
      CompletableFuture<DirectChannel> opening, PosternSession outer, Completions completions) {
    CompletableFuture<AsynchronousByteChannel> result = new CompletableFuture<>();
    opening.whenComplete(
        (channel, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (!result.complete(
              new HopByteChannel(channel, outer, completions).listening())) {
            channel.shut();
          }
        });
    result.whenComplete(
        (channel, failure) -> {
          if (result.isCancelled()) {
            opening.cancel(true);
          }
        });
    return result;
  }

  private HopByteChannel listening() {
    channel.received().onChange(() -> completions.run(this::deliver));
    return this;
  }

  @Override
  public <A extends @Nullable Object> void read(
      ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
    synchronized (this) {
      if (pending != null) {
        throw new ReadPendingException();
      }
      pending = new PendingRead<>(target, attachment, handler);
    }
    deliver();
  }

  private void deliver() {
    PendingRead<?> read;
    int count = 0;
    IOException failure = null;
    synchronized (this) {
      read = pending;
      if (read == null) {
        return;
      }
      try {
        count = channel.received().poll(read.target);
      } catch (IOException e) {
        failure = outer.isOpen() ? e : new IOException(outer.attempt().whyGone(), e);
      }
      if (failure == null && count == 0 && read.target.hasRemaining()) {
        return;
      }
      pending = null;
    }
    if (failure != null) {
      read.fail(failure);
      return;
    }
    if (count > 0) {
      channel.release(count);
    }
    read.complete(count);
  }

  @Override
  public <A extends @Nullable Object> void write(
      ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
    if (!source.hasRemaining()) {
      handler.completed(0, attachment);
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(source.remaining()).put(source.duplicate());
    IoWriteFuture written;
    try {
      // As internal: other threads would wait here while keys are exchanged.
      written = ThreadUtils.runAsInternal(new ByteArrayBuffer(copy.array()), channel::send);
    } catch (IOException e) {
      handler.failed(channel.broken(e), attachment);
      return;
    }
    written.addListener(
        future ->
            completions.run(
                () -> {
                  if (future.isWritten()) {
                    source.position(source.position() + copy.capacity());
                    handler.completed(copy.capacity(), attachment);
                  } else {
                    handler.failed(channel.broken(future.getException()), attachment);
                  }
                }));
  }

  @Override
  public Future<Integer> read(ByteBuffer target) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    read(target, result, new Completing());
    return result;
  }

  @Override
  public Future<Integer> write(ByteBuffer source) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    write(source, result, new Completing());
    return result;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    channel.shut();
  }

  private record PendingRead<A extends @Nullable Object>(
      ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
    void complete(int count) {
      handler.completed(count, attachment);
    }

    void fail(IOException failure) {
      handler.failed(failure, attachment);
    }
  }

  private record Completing() implements CompletionHandler<Integer, CompletableFuture<Integer>> {
    @Override
    public void completed(Integer count, CompletableFuture<Integer> result) {
      result.complete(count);
    }

    @Override
    public void failed(Throwable failure, CompletableFuture<Integer> result) {
      result.completeExceptionally(failure);
    }
  }
}

package dev.postern.transport.proxy.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A channel that first gives what was read from it too early: SSH's, behind a proxy's reply. */
final class ReplayChannel implements AsynchronousByteChannel {
  private final ByteBuffer early;
  private final AsynchronousByteChannel channel;

  ReplayChannel(ByteBuffer early, AsynchronousByteChannel channel) {
    this.early = early;
    this.channel = channel;
  }

  @Override
  public <A extends @Nullable Object> void read(
      ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
    int count = replay(target);
    if (count > 0) {
      handler.completed(count, attachment);
      return;
    }
    channel.read(target, attachment, handler);
  }

  @Override
  public Future<Integer> read(ByteBuffer target) {
    int count = replay(target);
    return count > 0 ? CompletableFuture.completedFuture(count) : channel.read(target);
  }

  private synchronized int replay(ByteBuffer target) {
    int count = Math.min(early.remaining(), target.remaining());
    target.put(early.slice(early.position(), count));
    early.position(early.position() + count);
    return count;
  }

  @Override
  public <A extends @Nullable Object> void write(
      ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
    channel.write(source, attachment, handler);
  }

  @Override
  public Future<Integer> write(ByteBuffer source) {
    return channel.write(source);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

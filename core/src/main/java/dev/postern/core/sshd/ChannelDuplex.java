package dev.postern.core.sshd;

import dev.postern.core.forward.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.PacketBuffer;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/** A channel as forwards see it. Calls are marked as internal: others wait for key exchanges. */
record ChannelDuplex(StreamingChannel channel) implements Duplex {
  /** The channel when it is open. Cancelling the result gives it up. */
  static <T extends StreamingChannel> CompletableFuture<Duplex> of(CompletableFuture<T> opening) {
    CompletableFuture<Duplex> result = new CompletableFuture<>();
    opening.whenComplete(
        (channel, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (!result.complete(new ChannelDuplex(channel))) {
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

  @Override
  public int read(ByteBuffer target) throws IOException {
    return channel.received().poll(target);
  }

  @Override
  public void consumed(int count) {
    channel.release(count);
  }

  @Override
  public void onArrival(Consumer<ByteBuffer> taker) {
    channel.received().onArrival(taker);
  }

  @Override
  public void onReadable(Runnable action) {
    channel.received().onChange(action);
  }

  @Override
  public void write(ByteBuffer source, Consumer<@Nullable Throwable> done) {
    IoWriteFuture written;
    try {
      written = ThreadUtils.runAsInternal(packet(source), channel::send);
    } catch (IOException | RuntimeException e) {
      done.accept(e);
      return;
    }
    written.addListener(
        future -> done.accept(future.isWritten() ? null : channel.broken(future.getException())));
  }

  /** MINA makes its packet around the bytes of a buffer of its own kind, and copies any other. */
  private static Buffer packet(ByteBuffer source) {
    if (source.arrayOffset() == 0 && source.position() == HEADROOM) {
      Buffer packet = new PacketBuffer(source.array(), false);
      packet.wpos(source.limit());
      packet.rpos(HEADROOM);
      return packet;
    }
    return new ByteArrayBuffer(
        source.array(), source.arrayOffset() + source.position(), source.remaining());
  }

  @Override
  public void end() throws IOException {
    ThreadUtils.runAsInternal(
        channel,
        ended -> {
          ended.sendEnd();
          return ended;
        });
  }

  @Override
  public void onOver(Runnable action) {
    channel.addCloseFutureListener(closed -> action.run());
  }

  @Override
  public void close() {
    channel.shut();
  }

  /** SSH knows no other end of a channel. */
  @Override
  public void abort() {
    channel.shut();
  }
}

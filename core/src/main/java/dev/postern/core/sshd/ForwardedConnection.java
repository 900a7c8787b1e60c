package dev.postern.core.sshd;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a forward: a buffer on its way in each direction, and the next one is read when
 * that one is written, so the slower side sets the pace. The end of one direction is passed on; the
 * end of both closes.
 */
final class ForwardedConnection {
  private static final int BUFFER = 32 << 10;

  private final AsynchronousSocketChannel client;
  private final CompletableFuture<TcpChannel> opening;
  private final Consumer<ForwardedConnection> gone;
  private final ByteBuffer fromClient = ByteBuffer.allocate(BUFFER);
  private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private boolean writing;
  private boolean clientEnded;
  private boolean targetEnded;
  private boolean channelOver;
  private boolean closed;

  ForwardedConnection(
      AsynchronousSocketChannel client,
      CompletableFuture<TcpChannel> opening,
      Consumer<ForwardedConnection> gone) {
    this.client = client;
    this.opening = opening;
    this.gone = gone;
  }

  void start() {
    opening.whenComplete(
        (channel, failure) -> {
          if (channel == null) {
            close();
            return;
          }
          if (isClosed()) {
            channel.shut();
            return;
          }
          readClient(channel);
          channel.received().onChange(() -> drain(channel));
          channel.addCloseFutureListener(over -> channelOver(channel));
        });
  }

  private void readClient(TcpChannel channel) {
    fromClient.clear();
    whileOpen(() -> client.read(fromClient, channel, new Arrived()));
  }

  private final class Arrived implements CompletionHandler<Integer, TcpChannel> {
    @Override
    public void completed(Integer count, TcpChannel channel) {
      if (count < 0) {
        clientEnded(channel);
      } else {
        forward(channel, count);
      }
    }

    @Override
    public void failed(Throwable failure, TcpChannel channel) {
      close();
    }
  }

  private void forward(TcpChannel channel, int count) {
    IoWriteFuture written;
    try {
      ByteArrayBuffer packet = new ByteArrayBuffer(fromClient.array(), 0, count);
      // As internal: other threads would wait here while keys are exchanged.
      written = ThreadUtils.runAsInternal(packet, channel::send);
    } catch (IOException | RuntimeException e) {
      targetReadsNoMore(channel);
      return;
    }
    written.addListener(
        future -> {
          if (future.isWritten()) {
            sent.addAndGet(count);
            readClient(channel);
          } else {
            targetReadsNoMore(channel);
          }
        });
  }

  /** What the target still said goes to the client; what the client says has nowhere to go. */
  private void targetReadsNoMore(TcpChannel channel) {
    synchronized (this) {
      clientEnded = true;
    }
    drain(channel);
    closeIfDone();
  }

  private void clientEnded(TcpChannel channel) {
    try {
      ThreadUtils.runAsInternal(
          channel,
          ended -> {
            ended.sendEnd();
            return ended;
          });
    } catch (IOException e) {
      close();
      return;
    }
    synchronized (this) {
      clientEnded = true;
    }
    closeIfDone();
  }

  private void channelOver(TcpChannel channel) {
    synchronized (this) {
      channelOver = true;
    }
    drain(channel);
    closeIfDone();
  }

  private void drain(TcpChannel channel) {
    synchronized (this) {
      if (writing || targetEnded || closed) {
        return;
      }
      writing = true;
    }
    writeClient(channel);
  }

  private void writeClient(TcpChannel channel) {
    int count;
    try {
      count = next(channel.received());
    } catch (IOException e) {
      abort();
      return;
    }
    if (count > 0) {
      toClient.flip();
      whileOpen(() -> client.write(toClient, channel, new Delivered(count)));
    } else if (count < 0) {
      targetEnded();
    }
  }

  /** Under the lock, so that no change goes unseen between the look and the rest. */
  private synchronized int next(ReceivedBytes received) throws IOException {
    toClient.clear();
    int count = received.poll(toClient);
    writing = count > 0;
    return count;
  }

  private final class Delivered implements CompletionHandler<Integer, TcpChannel> {
    private final int count;

    Delivered(int count) {
      this.count = count;
    }

    @Override
    public void completed(Integer written, TcpChannel channel) {
      if (toClient.hasRemaining()) {
        whileOpen(() -> client.write(toClient, channel, this));
        return;
      }
      channel.release(count);
      received.addAndGet(count);
      writeClient(channel);
    }

    @Override
    public void failed(Throwable failure, TcpChannel channel) {
      close();
    }
  }

  private void targetEnded() {
    synchronized (this) {
      targetEnded = true;
    }
    try {
      client.shutdownOutput();
    } catch (IOException e) {
      close();
      return;
    }
    closeIfDone();
  }

  private void closeIfDone() {
    boolean done;
    synchronized (this) {
      done = targetEnded && (clientEnded || channelOver);
    }
    if (done) {
      close();
    }
  }

  /** The link broke: the client must not take what it has for all. */
  private void abort() {
    try {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | RuntimeException e) {
      // It is closed already.
    }
    close();
  }

  private void whileOpen(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      // The group of the forward was shut down.
      close();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Bytes that went from the client to the target. */
  long sent() {
    return sent.get();
  }

  /** Bytes that came from the target to the client. */
  long received() {
    return received.get();
  }

  /** Closes the socket and its channel. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    @Nullable TcpChannel channel = opening.isCompletedExceptionally() ? null : opening.getNow(null);
    if (channel == null) {
      opening.cancel(false);
    } else {
      channel.shut();
    }
    try {
      client.close();
    } catch (IOException e) {
      // It is gone.
    }
    gone.accept(this);
  }
}

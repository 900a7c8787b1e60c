package dev.postern.core.sshd;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A channel of the JDK: a socket that we dialled, or what a transport plugin made. One read is
 * outstanding at a time.
 */
final class StreamCarrier implements Carrier {
  private static final int READ_SIZE = 64 * 1024;

  private final AsynchronousByteChannel channel;
  private final SocketAddress remote;
  private final ByteBuffer input = ByteBuffer.allocate(READ_SIZE);
  private volatile @Nullable LinkIoSession session;

  StreamCarrier(AsynchronousByteChannel channel, SocketAddress remote) {
    this.channel = channel;
    this.remote = remote;
  }

  @Override
  public void start(LinkIoSession target) {
    session = target;
    read();
  }

  private void read() {
    LinkIoSession target = session;
    if (target == null) {
      return;
    }
    input.clear();
    try {
      channel.read(input, target, new Read());
    } catch (RuntimeException e) {
      target.failed(e);
    }
  }

  @Override
  public void processed(int count) {
    read();
  }

  @Override
  public void write(Buffer buffer, Consumer<@Nullable Throwable> done) {
    ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
    write(bytes, done);
  }

  private void write(ByteBuffer bytes, Consumer<@Nullable Throwable> done) {
    try {
      channel.write(bytes, done, new Written(bytes));
    } catch (RuntimeException e) {
      done.accept(e);
    }
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is being given up.
    }
  }

  private final class Read implements CompletionHandler<Integer, LinkIoSession> {
    @Override
    public void completed(Integer count, LinkIoSession target) {
      if (count < 0) {
        target.ended();
        return;
      }
      target.received(ByteBuffer.wrap(input.array(), 0, count));
    }

    @Override
    public void failed(Throwable failure, LinkIoSession target) {
      target.failed(failure);
    }
  }

  private final class Written implements CompletionHandler<Integer, Consumer<@Nullable Throwable>> {
    private final ByteBuffer bytes;

    Written(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public void completed(Integer count, Consumer<@Nullable Throwable> done) {
      if (bytes.hasRemaining()) {
        write(bytes, done);
        return;
      }
      done.accept(null);
    }

    @Override
    public void failed(Throwable failure, Consumer<@Nullable Throwable> done) {
      done.accept(failure);
    }
  }
}

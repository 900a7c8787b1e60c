package dev.postern.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One process that is asked. */
final class StatusCall implements AutoCloseable {
  /** Some ten thousand forwards. */
  private static final int LONGEST = 4 << 20;

  private final long pid;
  private final @Nullable SocketChannel channel;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private @Nullable Running result;

  private StatusCall(long pid, @Nullable SocketChannel channel) {
    this.pid = pid;
    this.channel = channel;
  }

  /** Connects, and has the selector say when there is something to read. */
  static StatusCall begin(Path socket, long pid, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    StatusCall call = new StatusCall(pid, channel);
    try {
      channel.configureBlocking(false);
      // More callers than it takes are waiting already: that is one that does not answer.
      if (channel.connect(UnixDomainSocketAddress.of(socket))) {
        channel.register(selector, SelectionKey.OP_READ, call);
      } else {
        call.result = new Running.Silent(pid, Running.Silent.TIME);
      }
      return call;
    } catch (IOException | RuntimeException e) {
      call.close();
      throw e;
    }
  }

  /** One that cannot be connected to. */
  static StatusCall failed(long pid) {
    StatusCall call = new StatusCall(pid, null);
    call.result = new Running.Silent(pid, Running.Silent.TIME);
    return call;
  }

  /** Reads what is there. */
  void go() {
    if (channel == null || result != null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    try {
      int count = channel.read(buffer);
      answer.write(buffer.array(), 0, buffer.position());
      if (count < 0) {
        over(StatusDocument.read(pid, answer.toString(UTF_8)));
      } else if (answer.size() > LONGEST) {
        over(new Running.Silent(pid, Running.Silent.WORDS));
      }
    } catch (IOException e) {
      over(new Running.Silent(pid, Running.Silent.TIME));
    }
  }

  private void over(Running known) {
    result = known;
    close();
  }

  boolean isOver() {
    return result != null;
  }

  /** What it said; at the end of patience, that it does not. */
  Running result() {
    return result == null ? new Running.Silent(pid, Running.Silent.TIME) : result;
  }

  @Override
  public void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}

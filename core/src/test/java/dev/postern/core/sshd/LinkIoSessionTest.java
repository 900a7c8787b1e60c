package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

final class LinkIoSessionTest {
  private final Listening handler = new Listening();
  private final Stuck carrier = new Stuck();
  private final LinkIoSession link =
      new LinkIoSession(new AtomicLong(), mock(IoService.class), handler, carrier, Runnable::run);

  @Test
  void aPeerThatTakesNoAnswersIsNotAnsweredWithoutEnd() {
    link.flow(() -> false);
    IoWriteFuture last = link.writeBuffer(new ByteArrayBuffer(new byte[1]));
    for (int i = 1; i < 16_384; i++) {
      last = link.writeBuffer(new ByteArrayBuffer(new byte[1]));
    }
    assertThat(last.isDone()).isFalse();
    assertThat(handler.failures).isEmpty();

    IoWriteFuture refused = link.writeBuffer(new ByteArrayBuffer(new byte[1]));

    assertThat(handler.failures).containsExactly("it asked 16384 times without taking an answer");
    assertThat(refused.getException()).hasMessage(handler.failures.get(0));
    assertThat(last.isDone()).isTrue();
    assertThat(carrier.closed).isTrue();
    assertThat(link.isClosed()).isTrue();
  }

  /** Never gets a byte out. */
  private static final class Stuck implements Carrier {
    private boolean closed;

    @Override
    public void start(LinkIoSession session) {}

    @Override
    public void write(Buffer buffer, Consumer<Throwable> done) {}

    @Override
    public void processed(int count) {}

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("peer", 22);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class Listening implements IoHandler {
    private final List<String> failures = new ArrayList<>();

    @Override
    public void sessionCreated(IoSession session) {}

    @Override
    public void sessionClosed(IoSession session) {}

    @Override
    public void exceptionCaught(IoSession session, Throwable failure) {
      failures.add(failure.getMessage());
    }

    @Override
    public void messageReceived(IoSession session, Readable message) {}
  }
}

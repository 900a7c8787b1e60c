package dev.postern.core.sshd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LinkIoSessionTest {
  private final Listening handler = new Listening();
  private final Stuck carrier = new Stuck();
  private final Deque<Runnable> pool = new ArrayDeque<>();
  private final LinkIoSession link =
      new LinkIoSession(new AtomicLong(), mock(IoService.class), handler, carrier, pool::add);
  private boolean settled;

  @Test
  void aPeerThatTakesNoAnswersIsNotAnsweredWithoutEnd() {
    flow();
    IoWriteFuture last = link.writeBuffer(new ByteArrayBuffer(new byte[1]));
    for (int i = 1; i < 16_384; i++) {
      last = link.writeBuffer(new ByteArrayBuffer(new byte[1]));
    }
    assertThat(last.isDone()).isFalse();
    assertThat(handler.failures).isEmpty();

    IoWriteFuture refused = link.writeBuffer(new ByteArrayBuffer(new byte[1]));
    runPool();

    assertThat(handler.failures).containsExactly("it asked 16384 times without taking an answer");
    assertThat(refused.getException()).hasMessage(handler.failures.get(0));
    assertThat(last.isDone()).isTrue();
    assertThat(carrier.closed).isTrue();
    assertThat(link.isClosed()).isTrue();
  }

  @Test
  void whatASettledSessionReceivesIsProcessedThereAndThen() {
    settled = true;
    flow();

    link.received(bytes("hello"));

    assertThat(handler.heard).hasToString("hello");
    assertThat(carrier.processed).isEqualTo(5);
    assertThat(pool).isEmpty();
  }

  @Test
  void whatMayHaveToWaitIsCopiedAndQueued() {
    flow();
    byte[] reused = "hello".getBytes(US_ASCII);

    link.received(ByteBuffer.wrap(reused));
    Arrays.fill(reused, (byte) '?');

    assertThat(handler.heard).isEmpty();
    assertThat(carrier.processed).isZero();
    runPool();
    assertThat(handler.heard).hasToString("hello");
    assertThat(carrier.processed).isEqualTo(5);
  }

  @Test
  void nothingOvertakesWhatIsQueued() {
    flow();
    link.received(bytes("hello "));
    settled = true;

    link.received(bytes("world"));

    assertThat(handler.heard).isEmpty();
    runPool();
    assertThat(handler.heard).hasToString("hello world");
  }

  @Test
  void smallWritesOfOneTurnGoOutTogether() {
    flow();
    carrier.turn = new ArrayDeque<>();
    List<IoWriteFuture> writes = Stream.of("a", "b", "c").map(this::write).toList();
    assertThat(carrier.taken).isEmpty();

    carrier.turn.remove().run();

    assertThat(carrier.turn).isEmpty();
    assertThat(carrier.taken).containsExactly("abc");
    assertThat(writes).noneMatch(IoWriteFuture::isDone);
    carrier.finish(null);
    assertThat(writes).allMatch(IoWriteFuture::isWritten);
  }

  @Test
  void theyFailTogetherToo() {
    flow();
    carrier.turn = new ArrayDeque<>();
    List<IoWriteFuture> writes = Stream.of("a", "b").map(this::write).toList();
    carrier.turn.remove().run();

    carrier.finish(new IOException("gone"));

    assertThat(writes).allSatisfy(write -> assertThat(write.getException()).hasMessage("gone"));
  }

  @Test
  void aLargeWriteWaitsForNoTurn() {
    flow();
    carrier.turn = new ArrayDeque<>();
    String large = "x".repeat(8 << 10);

    write(large);
    write("a");

    assertThat(carrier.taken).containsExactly(large);
    carrier.finish(null);
    assertThat(carrier.taken).containsExactly(large, "a");
  }

  @Test
  void noMoreGoesOutTogetherThanAPacketHolds() {
    flow();
    carrier.turn = new ArrayDeque<>();
    for (int i = 0; i < 10; i++) {
      write("x".repeat(4 << 10));
    }

    carrier.turn.remove().run();
    carrier.finish(null);

    assertThat(carrier.taken).extracting(String::length).containsExactly(7 * 4096, 3 * 4096);
  }

  private void flow() {
    link.flow(() -> settled);
    runPool();
  }

  private IoWriteFuture write(String text) {
    return link.writeBuffer(new ByteArrayBuffer(text.getBytes(US_ASCII)));
  }

  private void runPool() {
    while (!pool.isEmpty()) {
      pool.remove().run();
    }
  }

  private static ByteBuffer bytes(String text) {
    return US_ASCII.encode(text);
  }

  /** Gets no byte out until it is told that it did. */
  private static final class Stuck implements Carrier {
    private final List<String> taken = new ArrayList<>();
    private @Nullable Consumer<@Nullable Throwable> done;
    private @Nullable Deque<Runnable> turn;
    private int processed;
    private boolean closed;

    void finish(@Nullable Throwable failure) {
      requireNonNull(done).accept(failure);
    }

    @Override
    public void start(LinkIoSession session) {}

    @Override
    public void write(Buffer buffer, Consumer<@Nullable Throwable> whenDone) {
      taken.add(new String(buffer.array(), buffer.rpos(), buffer.available(), US_ASCII));
      done = whenDone;
    }

    @Override
    public void processed(int count) {
      processed += count;
    }

    @Override
    public boolean afterThisTurn(Runnable task) {
      return turn != null && turn.add(task);
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("peer", 22);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.SocketLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketCarrierTest {
  private static final int ROOM = 256 << 10;

  private final SocketLoop loop = new SocketLoop();
  private final Flooded socket = new Flooded();
  private final Queue<Runnable> pool = new ConcurrentLinkedQueue<>();
  private final SocketCarrier carrier =
      new SocketCarrier(socket, InetSocketAddress.createUnresolved("peer", 22), loop);

  @AfterEach
  void tearDown() {
    loop.close();
  }

  @Test
  void aSessionThatProcessesNothingStopsTheReading() throws Exception {
    link(pool::add).flow(() -> false);
    await().until(() -> socket.read.get() >= ROOM);
    aTurn();
    assertThat(socket.read).hasValue(ROOM);

    pool.remove().run();

    await().until(() -> socket.read.get() > ROOM);
  }

  @Test
  void aSessionThatIsFloodedLetsOthersHaveTheirTurn() throws Exception {
    CompletableFuture<Integer> begun = new CompletableFuture<>();
    CompletableFuture<Integer> next = new CompletableFuture<>();
    loop.later(
        () -> {
          link(Runnable::run).flow(() -> true);
          begun.complete(socket.read.get());
          loop.later(() -> next.complete(socket.read.get()));
        });

    assertThat(begun.get(20, TimeUnit.SECONDS)).isEqualTo(ROOM);
    assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(2 * ROOM);
  }

  @Test
  void answersThatComeOneByOneAreNotHeldBack() {
    Talking talking = new Talking(100, 3_000);
    LinkIoSession session =
        new LinkIoSession(
            new AtomicLong(),
            mock(IoService.class),
            mock(IoHandler.class),
            new SocketCarrier(talking, InetSocketAddress.createUnresolved("peer", 22), loop),
            Runnable::run);

    session.flow(() -> true);

    await().until(() -> talking.left.isEmpty());
    assertThat(talking.acknowledged).containsExactly(100);
  }

  private LinkIoSession link(Executor executor) {
    return new LinkIoSession(
        new AtomicLong(), mock(IoService.class), mock(IoHandler.class), carrier, executor);
  }

  private void aTurn() throws Exception {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Void> over = new CompletableFuture<>();
      loop.later(() -> over.complete(null));
      over.get(20, TimeUnit.SECONDS);
    }
  }

  /** Always has more. */
  private static final class Flooded extends Silent {
    private final AtomicInteger read = new AtomicInteger();

    @Override
    public int read(ByteBuffer target) {
      int count = target.remaining();
      target.position(target.limit());
      read.addAndGet(count);
      return count;
    }
  }

  /** Brings so many bytes with each read, then nothing. */
  private static final class Talking extends Silent {
    private final Queue<Integer> left = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    private int last;

    Talking(Integer... counts) {
      left.addAll(List.of(counts));
    }

    @Override
    public int read(ByteBuffer target) {
      Integer count = left.poll();
      last = count == null ? 0 : count;
      target.position(target.position() + last);
      return last;
    }

    @Override
    public void acknowledge() {
      acknowledged.add(last);
    }
  }

  private abstract static class Silent implements Duplex {
    @Override
    public void consumed(int count) {}

    @Override
    public void onReadable(Runnable action) {
      action.run();
    }

    @Override
    public void write(ByteBuffer source, Consumer<@Nullable Throwable> done) {}

    @Override
    public void end() {}

    @Override
    public void onOver(Runnable action) {}

    @Override
    public void close() {}

    @Override
    public void abort() {}
  }
}

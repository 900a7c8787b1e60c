package dev.postern.core.forward;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlowTest {
  private final SocketLoop loop = new SocketLoop();
  private final Sender sender = new Sender();
  private final Receiver receiver = new Receiver();
  private final AtomicLong passed = new AtomicLong();
  private final List<String> ends = new ArrayList<>();
  private final Flow flow =
      new Flow(sender, receiver, loop, new Buffers(), passed::addAndGet, new Ends());

  @AfterEach
  void tearDown() {
    loop.close();
  }

  @Test
  void whatArrivesIsPassedOnAndNotKept() {
    receiver.takes = 100;
    flow.start();

    sender.arrive("hello ");
    sender.arrive("world");

    assertThat(receiver.text()).isEqualTo("hello world");
    assertThat(receiver.written).as("by a copy").isZero();
    assertThat(sender.kept.position()).isZero();
    assertThat(sender.consumed).isEqualTo(11);
    assertThat(passed).hasValue(11);
  }

  @Test
  void whatIsNotTakenAtOnceFollowsInOrder() {
    receiver.takes = 2;
    flow.start();

    sender.arrive("hello ");
    receiver.takes = 100;
    sender.arrive("world");

    assertThat(receiver.text()).as("a write is under way").isEqualTo("he");
    receiver.finish();
    receiver.finish();
    assertThat(receiver.text()).isEqualTo("hello world");
    assertThat(sender.consumed).isEqualTo(11);
    assertThat(passed).hasValue(11);
  }

  @Test
  void aReceiverThatBrokeEndsIt() {
    receiver.broken = true;
    flow.start();

    sender.arrive("hello");
    receiver.finish();

    assertThat(ends).containsExactly("ended");
    assertThat(passed).hasValue(0);
    assertThat(flow.isDone()).isTrue();
  }

  @Test
  void aSenderThatAlwaysHasMoreLetsOthersHaveTheirTurn() throws Exception {
    sender.endless = true;
    receiver.atOnce = true;
    CompletableFuture<Integer> before = new CompletableFuture<>();
    CompletableFuture<Integer> again = new CompletableFuture<>();

    loop.later(
        () -> {
          loop.later(
              () -> {
                before.complete(receiver.written);
                loop.later(
                    () -> {
                      again.complete(receiver.written);
                      flow.stop();
                    });
              });
          flow.start();
        });

    assertThat(before.get(20, SECONDS)).isEqualTo(8);
    assertThat(again.get(20, SECONDS)).isEqualTo(16);
  }

  private final class Ends implements Flow.Ends {
    @Override
    public void ended() {
      ends.add("ended");
    }

    @Override
    public void broken() {
      ends.add("broken");
    }
  }

  /** Keeps what is not taken from it at once. */
  private static final class Sender extends Deaf {
    private final ByteBuffer kept = ByteBuffer.allocate(100);
    private Consumer<ByteBuffer> taker = bytes -> {};
    private Runnable readable = () -> {};
    private boolean endless;
    private int consumed;

    void arrive(String text) {
      ByteBuffer bytes = US_ASCII.encode(text);
      if (kept.position() == 0) {
        taker.accept(bytes);
      }
      kept.put(bytes);
      readable.run();
    }

    @Override
    public int read(ByteBuffer target) {
      int before = target.position();
      if (endless) {
        target.position(target.limit());
      } else {
        target.put(kept.flip());
        kept.clear();
      }
      return target.position() - before;
    }

    @Override
    public void consumed(int count) {
      consumed += count;
    }

    @Override
    public void onArrival(Consumer<ByteBuffer> action) {
      taker = action;
    }

    @Override
    public void onReadable(Runnable action) {
      readable = action;
      action.run();
    }
  }

  /** Takes so much at once; what is written to it takes until it is told to finish. */
  private final class Receiver extends Deaf {
    private final StringBuilder text = new StringBuilder();
    private final List<Runnable> pending = new ArrayList<>();
    private int takes;
    private int written;
    private boolean atOnce;
    private boolean broken;

    String text() {
      return text.toString();
    }

    /** On the loop's thread, as a write that took a while ends there. */
    void finish() {
      if (pending.isEmpty()) {
        return;
      }
      Runnable next = pending.remove(0);
      CompletableFuture<Void> finished = new CompletableFuture<>();
      loop.later(
          () -> {
            next.run();
            finished.complete(null);
          });
      finished.orTimeout(20, SECONDS).join();
    }

    @Override
    public void offer(ByteBuffer source) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      append(source, Math.min(takes, source.remaining()));
    }

    @Override
    public void write(ByteBuffer source, Consumer<@Nullable Throwable> done) {
      written++;
      if (atOnce) {
        done.accept(null);
        return;
      }
      pending.add(
          () -> {
            append(source, broken ? 0 : source.remaining());
            done.accept(broken ? new IOException("broken") : null);
          });
    }

    private void append(ByteBuffer source, int count) {
      byte[] bytes = new byte[count];
      source.get(bytes);
      text.append(new String(bytes, US_ASCII));
    }
  }

  /** What neither side is asked for here. */
  private abstract static class Deaf implements Duplex {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return 0;
    }

    @Override
    public void consumed(int count) {}

    @Override
    public void onReadable(Runnable action) {}

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

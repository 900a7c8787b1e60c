package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ReadPendingException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HopByteChannelTest {
  private final TestServer server = TestServer.start();
  private Rig rig;
  private HopSession hop;

  @BeforeEach
  void setUp() {
    rig = new Rig();
    hop = rig.open(server.port());
  }

  @AfterEach
  void tearDown() {
    rig.close();
    server.close();
  }

  @Test
  void bytesGoBothWaysWithoutAListener() throws Exception {
    Set<String> before = ProcessSockets.listening();
    try (LoopbackTarget echo = LoopbackTarget.echo();
        AsynchronousByteChannel channel = done(hop.openChannel(echo.endpoint()))) {
      assertThat(ProcessSockets.listening()).hasSize(before.size() + 1);
      long size = 10 << 20;
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(channel, size));
      ByteBuffer block = ByteBuffer.allocateDirect(100_000);
      for (long seen = 0; seen < size; ) {
        channel.read(block.clear()).get();
        for (block.flip(); block.hasRemaining(); seen++) {
          if (block.get() != TestServer.byteAt(seen)) {
            throw new AssertionError("wrong byte at " + seen);
          }
        }
      }
      writing.get();
    }
  }

  private static void write(AsynchronousByteChannel channel, long size) {
    ByteBuffer block = ByteBuffer.allocateDirect(128 << 10);
    try {
      for (long sent = 0; sent < size; sent += block.capacity()) {
        block.clear();
        while (block.hasRemaining()) {
          block.put(TestServer.byteAt(sent + block.position()));
        }
        assertThat(channel.write(block.flip()).get()).isEqualTo(block.capacity());
        assertThat(block.hasRemaining()).isFalse();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSenderWaitsForAReader() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (LoopbackTarget eager =
            LoopbackTarget.serving(
                socket -> {
                  while (true) {
                    socket.getOutputStream().write(new byte[64 << 10]);
                    sent.addAndGet(64 << 10);
                  }
                });
        AsynchronousByteChannel channel = done(hop.openChannel(eager.endpoint()))) {
      await()
          .during(1, SECONDS)
          .atMost(20, SECONDS)
          .until(
              () -> {
                long now = sent.get();
                return now > 0 && now < 32 << 20;
              });
      channel.read(ByteBuffer.allocate(1)).get();
    }
  }

  @Test
  void theEndOfTheTargetIsTheEndOfFile() throws Exception {
    try (RawServer target = RawServer.hangingUpAfter("bye");
        AsynchronousByteChannel channel = done(hop.openChannel(Rig.local(target.port())))) {
      ByteBuffer three = ByteBuffer.allocate(3);
      while (three.hasRemaining()) {
        channel.read(three).get();
      }
      assertThat(channel.read(ByteBuffer.allocate(1)).get()).isEqualTo(-1);
      assertThat(channel.read(ByteBuffer.allocate(1)).get()).isEqualTo(-1);
    }
  }

  @Test
  void oneReadAtATimeAndNoneBehindTheClose() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      AsynchronousByteChannel channel = done(hop.openChannel(Rig.local(silent.port())));
      Future<Integer> waiting = channel.read(ByteBuffer.allocate(1));
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
          .isInstanceOf(ReadPendingException.class);
      channel.close();
      assertThatThrownBy(waiting::get).cause().hasMessage("the channel is closed");
      assertThat(channel.isOpen()).isFalse();
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)).get())
          .cause()
          .hasMessage("the channel is closed");
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)).get())
          .isInstanceOf(ExecutionException.class);
      await().until(() -> ProcessSockets.connectedTo(silent.port()) == 0);
    }
  }

  @Test
  void aHopThatDiesIsNamed() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      AsynchronousByteChannel channel = done(hop.openChannel(Rig.local(silent.port())));
      Future<Integer> waiting = channel.read(ByteBuffer.allocate(1));
      done(hop.close());
      assertThatThrownBy(waiting::get)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("hop 1/1 alice@127.0.0.1, which carried it, was closed");
    }
  }

  @Test
  void aTargetThatNobodyListensAtIsTheHopsNews() throws Exception {
    RawServer gone = RawServer.silent();
    Endpoint target = Rig.local(gone.port());
    gone.close();
    HopFailure failure = failure(hop.openChannel(target));
    assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
    assertThat(failure.sentence())
        .startsWith("hop 1/1 alice@127.0.0.1 cannot reach " + target + " (it said: \"");
  }

  @Test
  void aSessionRunsOverIt() throws Exception {
    Endpoint target = Rig.local(server.port());
    AsynchronousByteChannel channel = done(hop.openChannel(target));
    HopSession inner =
        done(
            rig.connect(
                Rig.info(2, 2, target),
                Link.over(channel),
                ScriptedEngine.password(TestServer.PASSWORD)));
    assertThat(inner.isOpen()).isTrue();
    done(inner.close());
    await().until(() -> !channel.isOpen());
    assertThat(hop.isOpen()).isTrue();
  }
}

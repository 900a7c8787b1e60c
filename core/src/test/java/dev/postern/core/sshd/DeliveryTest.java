package dev.postern.core.sshd;

import static dev.postern.core.sshd.ChannelRig.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeliveryTest {
  private static final int MIB = 1 << 20;

  private final AtomicLong sent = new AtomicLong();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private EmbeddedServer server;
  private ChannelRig rig;

  @BeforeEach
  void connect() throws Exception {
    server =
        EmbeddedServer.start()
            .with(
                "both",
                (in, out, err, channel) -> {
                  out.write("to out\n".getBytes(UTF_8));
                  out.flush();
                  err.write("to err\n".getBytes(UTF_8));
                  err.flush();
                  return 3;
                })
            .with(
                "flood",
                (in, out, err, channel) -> {
                  byte[] piece = new byte[32 << 10];
                  for (int i = 0; i < 16 * 32; i++) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                  }
                  out.flush();
                  return 0;
                });
    rig = ChannelRig.to(server);
  }

  @AfterEach
  void disconnect() throws Exception {
    executor.shutdownNow();
    rig.close();
    server.close();
  }

  @Test
  void bothStreamsArriveWholeAndThenItIsDone() throws Exception {
    Map<Source, String> heard = new ConcurrentHashMap<>();
    RemoteProcess process = get(rig.channels.exec("both"));
    process
        .deliver(
            (source, bytes) -> {
              heard.merge(source, new String(bytes, UTF_8), String::concat);
              return CompletableFuture.completedFuture(null);
            },
            executor)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    assertThat(heard)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Source.OUTPUT, "to out\n", Source.ERROR, "to err\n"));
    assertThat(process.waitFor().exitStatus()).hasValue(3);
  }

  @Test
  void aReceiverThatHasNoRoomHoldsUpTheSenderAndNoThread() throws Exception {
    CompletableFuture<Void> room = new CompletableFuture<>();
    AtomicLong received = new AtomicLong();
    RemoteProcess process = get(rig.channels.exec("flood"));
    CompletableFuture<Void> done =
        process
            .deliver(
                (source, bytes) -> {
                  received.addAndGet(bytes.length);
                  return room;
                },
                executor)
            .toCompletableFuture();
    await().until(() -> received.get() > 0);
    executor.submit(() -> {}).get(10, TimeUnit.SECONDS);
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(20))
        .until(() -> sent.get() < 12L * MIB);
    assertThat(done).isNotDone();
    room.complete(null);
    done.get(20, TimeUnit.SECONDS);
    assertThat(received).hasValue(16L * MIB);
  }

  @Test
  void whatTheReceiverThrowsEndsTheDelivery() throws Exception {
    RemoteProcess process = get(rig.channels.exec("both"));
    CompletableFuture<Void> done =
        process
            .deliver(
                (source, bytes) -> {
                  throw new IllegalStateException("no");
                },
                executor)
            .toCompletableFuture();
    assertThatThrownBy(() -> done.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void aClosedChannelEndsTheDeliveryWithItsWords() throws Exception {
    RemoteProcess other = get(rig.channels.exec("flood"));
    CompletableFuture<Void> lost =
        other
            .deliver((source, bytes) -> CompletableFuture.completedFuture(null), executor)
            .toCompletableFuture();
    other.close();
    assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("the channel is closed");
  }
}

package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.postern.circuit.Forward;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.forward.Listeners;
import dev.postern.route.ForwardSpec;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much through a forward, on sessions of ours over sockets of ours. */
@Timeout(120)
final class BulkTest {
  private static final int MIB = 1 << 20;

  private final TestServer server = TestServer.start();
  private final Rig rig = new Rig();

  @AfterEach
  void tearDown() {
    rig.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatGoesThroughHopsInPiecesOfAnySizeComesBackWhole(int hops) throws Exception {
    try (LoopbackTarget echo = LoopbackTarget.echo();
        Forward forward = forward(hops, echo);
        Socket socket = connect(forward)) {
      OutputStream output = socket.getOutputStream();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                Random sizes = new Random(hops);
                try {
                  for (int sent = 0; sent < 12 * MIB; ) {
                    int most = sizes.nextBoolean() ? 100 : 100_000;
                    int size = Math.min(1 + sizes.nextInt(most), 12 * MIB - sent);
                    output.write(pattern(sent, size));
                    sent += size;
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });

      InputStream input = socket.getInputStream();
      for (int at = 0; at < 12 * MIB; at += MIB) {
        assertThat(Arrays.equals(input.readNBytes(MIB), pattern(at, MIB))).as("at " + at).isTrue();
      }
      done(sending);
    }
  }

  @Test
  void aDownloadAllocatesLessThanItCarries() throws Exception {
    try (LoopbackTarget source =
            LoopbackTarget.serving(
                socket -> {
                  byte[] block = new byte[64 << 10];
                  while (socket.getInputStream().read() >= 0) {
                    for (int sent = 0; sent < 16 * MIB; sent += block.length) {
                      socket.getOutputStream().write(block);
                    }
                  }
                });
        Forward forward = forward(1, source);
        Socket socket = connect(forward)) {
      Transfer download =
          () -> {
            socket.getOutputStream().write(1);
            byte[] block = new byte[256 << 10];
            for (int left = 16 * MIB; left > 0; ) {
              int count = socket.getInputStream().read(block);
              if (count < 0) {
                throw new EOFException();
              }
              left -= count;
            }
          };
      download.run();

      long allocated = allocatedBy(download, 4);

      assertThat(allocated).isLessThan(4 * 16 * MIB);
    }
  }

  @Test
  void anUploadAllocatesLessThanItCarries() throws Exception {
    try (LoopbackTarget sink =
            LoopbackTarget.serving(
                socket -> {
                  byte[] block = new byte[256 << 10];
                  int got = 0;
                  while (true) {
                    int count = socket.getInputStream().read(block);
                    if (count < 0) {
                      return;
                    }
                    got += count;
                    if (got == 16 * MIB) {
                      got = 0;
                      socket.getOutputStream().write(1);
                    }
                  }
                });
        Forward forward = forward(1, sink);
        Socket socket = connect(forward)) {
      byte[] block = new byte[256 << 10];
      Transfer upload =
          () -> {
            for (int sent = 0; sent < 16 * MIB; sent += block.length) {
              socket.getOutputStream().write(block);
            }
            assertThat(socket.getInputStream().read()).isEqualTo(1);
          };
      upload.run();

      long allocated = allocatedBy(upload, 4);

      assertThat(allocated).isLessThan(4 * 16 * MIB / 2);
    }
  }

  private Forward forward(int hops, LoopbackTarget target) {
    List<HopSession> chain =
        rig.chain(
            Collections.nCopies(hops, server.port()).stream().mapToInt(port -> port).toArray());
    return done(
        new Listeners(rig.loop, rig.blocking)
            .listen(
                ForwardSpec.of("0", target.endpoint().toString()),
                chain.get(hops - 1)::open,
                text -> {}));
  }

  private static Socket connect(Forward forward) throws IOException {
    Socket socket = new Socket("127.0.0.1", forward.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static byte[] pattern(int from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = TestServer.byteAt(from + i);
    }
    return bytes;
  }

  /** How much the thread allocates that carries the bytes. */
  private long allocatedBy(Transfer transfer, int times) throws IOException {
    long before = allocated();
    for (int i = 0; i < times; i++) {
      transfer.run();
    }
    return allocated() - before;
  }

  private long allocated() {
    CompletableFuture<Long> result = new CompletableFuture<>();
    rig.loop.later(
        () -> {
          ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
          result.complete(threads.getThreadAllocatedBytes(Thread.currentThread().getId()));
        });
    return done(result);
  }

  private interface Transfer {
    void run() throws IOException;
  }
}

package dev.postern.integration;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many connections one after the other, and targets that misbehave: nothing is left of them. */
@NeedsRealServers
@Timeout(400)
@TestInstance(Lifecycle.PER_CLASS)
final class ForwardCyclesTest {
  private static final int CYCLES = 10_000;
  private static final int CLIENTS = 4;

  private final Account account = Account.create();
  @TempDir private Path folder;
  private OneHop hop;

  @BeforeEach
  void open() throws Exception {
    hop = OneHop.open(RealSshd.in(folder).start(), account, folder);
  }

  @AfterEach
  void close() {
    hop.close();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("postern"))
        .count();
  }

  private static void cycle(Forward forward, int times) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(
                () -> {
                  for (int j = 0; j < times / CLIENTS; j++) {
                    assertThat(Client.ask(forward, "x")).isEqualTo("hello:x");
                  }
                  return true;
                }));
      }
      for (Future<?> client : running) {
        client.get(300, SECONDS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void tenThousandConnectionsLeaveNothing() throws Exception {
    try (EchoService echo = EchoService.onTcp();
        Forward forward = hop.circuit().forward(ForwardSpec.of("0", echo.address()))) {
      cycle(forward, 200);
      Awaitility.await().until(() -> forward.counts().open() == 0);
      long descriptors = descriptors();
      long threads = threads();
      cycle(forward, CYCLES);
      Awaitility.await().until(() -> forward.counts().open() == 0);
      assertThat(forward.counts().accepted()).isEqualTo(CYCLES + 200);
      assertThat(forward.counts().refused()).isZero();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
                assertThat(threads()).isLessThanOrEqualTo(threads);
              });
    }
  }

  @Test
  void aThousandConnectionsFromTheFarEndLeaveNothing() throws Exception {
    try (EchoService echo = EchoService.onTcp();
        Forward forward =
            hop.circuit()
                .forward(
                    ForwardSpec.remote(
                        ForwardAddress.of("localhost:0"), ForwardAddress.of(echo.address())))) {
      cycle(forward, 200);
      Awaitility.await().until(() -> forward.counts().open() == 0);
      long descriptors = descriptors();
      cycle(forward, 1_000);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(forward.counts().open()).isZero();
                assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
              });
    }
  }

  @Test
  void targetsThatResetOrCloseAtOnceLeaveNothing() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Forward forward =
            hop.circuit().forward(ForwardSpec.of("0", "127.0.0.1:" + target.getLocalPort()))) {
      Thread resetting =
          new Thread(
              () -> {
                boolean reset = false;
                while (!target.isClosed()) {
                  try (Socket client = target.accept()) {
                    reset = !reset;
                    if (reset) {
                      client.setSoLinger(true, 0);
                    }
                  } catch (IOException e) {
                    // The end of the test.
                  }
                }
              });
      resetting.start();
      long descriptors = descriptors();
      for (int i = 0; i < 200; i++) {
        try (Socket socket = new Socket("127.0.0.1", forward.port())) {
          socket.setSoTimeout(20_000);
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(forward.counts().open()).isZero();
                assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 1);
              });
    }
  }
}

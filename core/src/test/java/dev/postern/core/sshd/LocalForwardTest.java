package dev.postern.core.sshd;

import static dev.postern.core.sshd.ChannelRig.failure;
import static dev.postern.core.sshd.ChannelRig.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * MINA's server closes a channel when its target has ended: that half-close is in {@link
 * OpenSshChannelsTest}.
 */
@Timeout(60)
final class LocalForwardTest {
  private static final int MIB = 1 << 20;

  private EmbeddedServer server;
  private ChannelRig rig;

  @BeforeEach
  void connect() throws Exception {
    server = EmbeddedServer.start();
    rig = ChannelRig.to(server);
  }

  @AfterEach
  void disconnect() throws Exception {
    rig.close();
    server.close();
  }

  private Forward to(Endpoint target) throws Exception {
    return get(rig.forward(ForwardSpec.of("0", target.toString())));
  }

  private static Socket connect(Forward forward) throws IOException {
    Socket socket = new Socket("127.0.0.1", forward.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static Endpoint nobody() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", taken.getLocalPort());
    }
  }

  @Test
  void bytesGoRoundUnchanged() throws Exception {
    byte[] data = new byte[24 * MIB];
    new Random(4).nextBytes(data);
    try (LoopbackTarget echo = LoopbackTarget.echo();
        Forward forward = to(echo.endpoint());
        Socket socket = connect(forward)) {
      assertThat(forward.port()).isPositive();
      rig.blocking.submit(
          () -> {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
            return true;
          });

      assertThat(Arrays.equals(socket.getInputStream().readAllBytes(), data)).isTrue();
    }
  }

  @Test
  void theClientsEndReachesTheTargetWhichStillAnswers() throws Exception {
    try (LoopbackTarget target =
            LoopbackTarget.serving(
                socket -> {
                  byte[] asked = socket.getInputStream().readAllBytes();
                  socket.getOutputStream().write(("got " + asked.length).getBytes(UTF_8));
                });
        Forward forward = to(target.endpoint());
        Socket socket = connect(forward)) {
      socket.getOutputStream().write(new byte[9]);
      socket.shutdownOutput();

      assertThat(socket.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("got 9");
    }
  }

  @Test
  void aClientThatReadsNothingStarvesNobodyAndFillsNothing() throws Exception {
    AtomicLong poured = new AtomicLong();
    try (LoopbackTarget fountain =
            LoopbackTarget.serving(
                socket -> {
                  byte[] block = new byte[64 << 10];
                  while (true) {
                    socket.getOutputStream().write(block);
                    poured.addAndGet(block.length);
                  }
                });
        LoopbackTarget echo = LoopbackTarget.echo();
        Forward slow = to(fountain.endpoint());
        Forward fast = to(echo.endpoint());
        Socket stuck = connect(slow);
        Socket alsoStuck = connect(slow);
        Socket socket = connect(fast)) {
      AtomicLong before = new AtomicLong(-1);
      await()
          .during(Duration.ofMillis(500))
          .until(() -> poured.get() > MIB && before.getAndSet(poured.get()) == poured.get());
      assertThat(poured.get()).isLessThan(100L * MIB);
      byte[] data = new byte[8 * MIB];
      rig.blocking.submit(
          () -> {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
            return true;
          });

      assertThat(socket.getInputStream().readAllBytes()).hasSize(8 * MIB);
      assertThat(stuck.getInputStream().readNBytes(9 * MIB)).hasSize(9 * MIB);
      assertThat(alsoStuck.getInputStream().read()).isZero();
    }
  }

  @Test
  void aBusyPortIsNamedWithTheReason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      HopFailure failure = failure(rig.forward(ForwardSpec.of("127.0.0.1:" + port, "db:5432")));

      assertThat(failure.code()).isEqualTo(Code.FORWARD_BIND_FAILED);
      assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
      assertThat(failure.sentence())
          .isEqualTo(
              "cannot listen on 127.0.0.1:%d: Address already in use; choose another port, or 0 for any free one"
                  .formatted(port));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamedWithTheReason() throws Exception {
    HopFailure failure = failure(rig.forward(ForwardSpec.of("192.0.2.1:0", "db:5432")));

    assertThat(failure.code()).isEqualTo(Code.FORWARD_BIND_FAILED);
    assertThat(failure.sentence()).startsWith("cannot listen on 192.0.2.1:0: ");
  }

  @Test
  void aStarListensOnAllAddresses() throws Exception {
    try (LoopbackTarget echo = LoopbackTarget.echo();
        Forward forward = get(rig.forward(ForwardSpec.of("*:0", echo.endpoint().toString())))) {
      assertThat(forward.address()).hasToString("*:" + forward.port());
      try (Socket socket = new Socket("127.0.0.3", forward.port())) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aRefusedTargetClosesThatConnectionOnly() throws Exception {
    Endpoint target = nobody();
    try (Forward forward = to(target)) {
      try (Socket socket = connect(forward)) {
        assertThat(endOf(socket)).isTrue();
      }
      try (ServerSocket late =
              new ServerSocket(target.port(), 1, InetAddress.getLoopbackAddress());
          Socket socket = connect(forward);
          Socket accepted = late.accept()) {
        accepted.getOutputStream().write(5);
        assertThat(socket.getInputStream().read()).isEqualTo(5);
      }
    }
  }

  @Test
  void aRefusedTargetIsInTheTrailWithWhatTheServerSaidAndNotWithoutEnd() throws Exception {
    Endpoint target = nobody();
    try (Forward forward = to(target)) {
      for (int i = 0; i < 25; i++) {
        try (Socket socket = connect(forward)) {
          assertThat(endOf(socket)).isTrue();
        }
      }

      await().until(() -> rig.trail.size() >= 20);
      assertThat(rig.trail).hasSize(20);
      assertThat(rig.trail.get(0))
          .startsWith(
              "1 channel: a connection to the forward on 127.0.0.1:%d was refused: hop 1/1 app@127.0.0.1 cannot reach %s (it said: \""
                  .formatted(forward.port(), target))
          .endsWith(
              "\"); the name is resolved there, and the port must answer from there [PST-F003]");
      assertThat(rig.trail.get(19))
          .endsWith("[PST-F003]; more refusals of this forward are not recorded");
    }
  }

  @Test
  void closingWithClientsConnectedIsQuickAndClosesThem() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LoopbackTarget target = LoopbackTarget.serving(socket -> never.await())) {
      Forward forward = to(target.endpoint());
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(connect(forward));
      }
      // They must not hold up the close, full of bytes that nobody takes.
      List<Future<?>> writers = new ArrayList<>();
      for (Socket client : clients) {
        writers.add(rig.blocking.submit(() -> pour(client)));
      }
      long start = System.nanoTime();
      forward.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      for (Future<?> writer : writers) {
        assertThat(writer.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("broken");
      }
      assertThatThrownBy(() -> connect(forward)).isInstanceOf(ConnectException.class);
      for (Socket client : clients) {
        client.close();
      }
      await().until(() -> forwardThreads() == 0);
      assertThat(rig.session.isOpen()).isTrue();
    }
  }

  @Test
  void aLostLinkEndsItsConnectionsAndTheForwardGoesOnForAnother() throws Exception {
    try (LoopbackTarget echo = LoopbackTarget.echo()) {
      Forward forward = to(echo.endpoint());
      try (Socket socket = connect(forward)) {
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        server.cut();

        assertThat(endOf(socket)).isTrue();
      }
      try (Socket late = connect(forward)) {
        assertThat(endOf(late)).isTrue();
      }
      await().until(() -> forward.counts().open() == 0);
      assertThat(forward.counts().lastError()).hasValue("the link was lost: test");
      forward.close();
      assertThat(refused(forward)).isTrue();
      await().until(() -> forwardThreads() == 0);
    }
  }

  private static String pour(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write(new byte[32_768]);
      }
    } catch (IOException e) {
      return "broken";
    }
  }

  private static boolean endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static boolean refused(Forward forward) throws IOException {
    try (Socket socket = connect(forward)) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static long forwardThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("postern-io"))
        .count();
  }
}

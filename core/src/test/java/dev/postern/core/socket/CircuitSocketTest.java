package dev.postern.core.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.Trail;
import dev.postern.problem.Code;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CircuitSocketTest {
  private final List<Endpoint> asked = new ArrayList<>();
  private final FakeStream stream = new FakeStream();
  private CompletableFuture<TcpStream> opening = CompletableFuture.completedFuture(stream);
  private final CircuitSocketFactory factory = new CircuitSocketFactory(this::connect);

  private CompletableFuture<TcpStream> connect(Endpoint endpoint) {
    asked.add(endpoint);
    return opening;
  }

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  @Test
  void theHopIsToldTheNameAndNotTheAddressThatThisMachineKnows() throws Exception {
    factory.createSocket("db.internal", 5432).close();
    factory.createSocket(InetAddress.getByAddress("db", new byte[] {10, 0, 0, 1}), 1).close();
    factory.createSocket(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 2).close();
    Socket later = factory.createSocket();
    later.connect(InetSocketAddress.createUnresolved("no-such.invalid", 3), 100);
    assertThat(asked)
        .containsExactly(
            new Endpoint("db.internal", 5432),
            new Endpoint("db", 1),
            new Endpoint("10.0.0.1", 2),
            new Endpoint("no-such.invalid", 3));
  }

  @Test
  void theFarEndHasItsNameAndNoAddress() throws Exception {
    try (Socket socket = factory.createSocket("db.internal", 5432)) {
      assertThat(socket.isConnected()).isTrue();
      assertThat(socket.isBound()).isTrue();
      assertThat(socket.getPort()).isEqualTo(5432);
      assertThat(socket.getInetAddress()).hasToString("db.internal/0.0.0.0");
      InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
      assertThat(remote.getHostString()).isEqualTo("db.internal");
      assertThat(socket.getLocalAddress().isAnyLocalAddress()).isTrue();
    }
    try (Socket socket = factory.createSocket("::1", 22)) {
      assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void optionsAreTakenAndGivenBackAsDriversExpect() throws Exception {
    try (Socket socket = factory.createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
      assertThat(socket.getReceiveBufferSize()).isPositive();
      assertThat(socket.getSendBufferSize()).isPositive();
      assertThat(socket.getSoLinger()).isEqualTo(-1);
      socket.setTcpNoDelay(false);
      socket.setKeepAlive(true);
      socket.setSoTimeout(250);
      socket.setReceiveBufferSize(1234);
      socket.setSendBufferSize(4321);
      socket.setSoLinger(true, 3);
      socket.setTrafficClass(8);
      socket.setReuseAddress(true);
      socket.setPerformancePreferences(1, 2, 3);
      assertThat(socket.getTcpNoDelay()).isFalse();
      assertThat(socket.getKeepAlive()).isTrue();
      assertThat(socket.getSoTimeout()).isEqualTo(250);
      assertThat(socket.getReceiveBufferSize()).isEqualTo(1234);
      assertThat(socket.getSendBufferSize()).isEqualTo(4321);
      assertThat(socket.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(3);
      assertThat(socket.getTrafficClass()).isEqualTo(8);
      socket.setOption(StandardSocketOptions.SO_LINGER, -1);
      assertThat(socket.getSoLinger()).isEqualTo(-1);
      socket.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE, 30);
      assertThat(socket.getOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
      assertThatThrownBy(() -> socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void itIsBoundToNothing() throws Exception {
    try (Socket socket = factory.createSocket()) {
      socket.bind(null);
    }
    try (Socket socket = factory.createSocket()) {
      assertThatThrownBy(
              () -> socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 5)))
          .isInstanceOf(SocketException.class)
          .hasMessage(
              "a socket of a circuit cannot be bound to 127.0.0.1:5: its near end is at the last hop");
      assertThatThrownBy(() -> socket.sendUrgentData(1)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aReadThatTimesOutCanBeTriedAgain() throws Exception {
    try (Socket socket = factory.createSocket("db", 1)) {
      socket.setSoTimeout(20);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("Read timed out");
      }
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void aConnectionThatIsLateIsGivenUp() throws Exception {
    opening = new CompletableFuture<>();
    Socket socket = factory.createSocket();
    assertThatThrownBy(() -> socket.connect(new InetSocketAddress("10.0.0.1", 1), 30))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no connection to 10.0.0.1:1 within 30 ms (connect timed out)");
    assertThat(opening).isCancelled();
  }

  @Test
  void closingFromAnotherThreadEndsWhatWaits() throws Exception {
    opening = new CompletableFuture<>();
    Socket connecting = factory.createSocket();
    Caught caught = Caught.in(() -> connecting.connect(new InetSocketAddress("10.0.0.1", 1)));
    Awaitility.await().until(() -> !asked.isEmpty());
    connecting.close();
    assertThat(caught.failure()).isInstanceOf(SocketException.class).hasMessage("Socket closed");
    assertThat(opening).isCancelled();

    opening = CompletableFuture.completedFuture(stream);
    Socket reading = factory.createSocket("db", 1);
    caught = Caught.in(() -> reading.getInputStream().read());
    reading.close();
    assertThat(caught.failure()).isInstanceOf(SocketException.class);
    assertThat(stream.closed).isTrue();
  }

  @Test
  void anInterruptEndsWhatWaitsAndClosesTheSocket() throws Exception {
    Socket reading = factory.createSocket("db", 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> reading.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessage("Closed by interrupt");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reading.isClosed()).isTrue();
    assertThat(stream.closed).isTrue();

    opening = new CompletableFuture<>();
    Socket connecting = factory.createSocket();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> connecting.connect(new InetSocketAddress("10.0.0.1", 1)))
        .isInstanceOf(SocketException.class)
        .hasMessage("Closed by interrupt");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(connecting.isClosed()).isTrue();
    assertThat(opening).isCancelled();
  }

  @Test
  void halvesAreClosedEachByItself() throws Exception {
    try (Socket socket = factory.createSocket("db", 1)) {
      socket.getOutputStream().write(new byte[] {1, 2});
      socket.shutdownOutput();
      assertThatThrownBy(() -> socket.getOutputStream().write(3)).isInstanceOf(IOException.class);
      assertThat(socket.isClosed()).isFalse();
      socket.shutdownInput();
      assertThat(stream.ignored).isEqualTo(1);
      assertThat(socket.isInputShutdown()).isTrue();
    }
    assertThat(stream.sent.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void failuresKeepTheirSentenceAndTheirCause() throws Exception {
    assertThat(failure(Code.HOP_CANNOT_REACH))
        .isInstanceOf(ConnectException.class)
        .hasMessage("channel: why not [PST-T008]");
    assertThat(failure(Code.FORWARDING_PROHIBITED))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("channel: why not [PST-T007]")
        .hasCauseInstanceOf(CircuitException.class);
  }

  private Throwable failure(Code code) throws IOException {
    opening =
        CompletableFuture.failedFuture(
            new CircuitException(code, Phase.CHANNEL, null, "why not", new Trail(List.of()), null));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    assertThatThrownBy(() -> factory.createSocket("db", 1)).satisfies(failure::set);
    return failure.get();
  }

  @Test
  void whatIsNoEndpointIsRefused() {
    assertThatThrownBy(() -> factory.createSocket("db", 0))
        .isInstanceOf(SocketException.class)
        .hasMessage("port 0 is not from 1 to 65535");
  }

  /** What a call on another thread failed with. */
  private record Caught(CompletableFuture<Throwable> thrown) {
    static Caught in(Call call) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  call.run();
                  thrown.complete(new AssertionError("it returned"));
                } catch (IOException e) {
                  thrown.complete(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      return new Caught(thrown);
    }

    Throwable failure() throws Exception {
      return thrown.get(10, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private interface Call {
    void run() throws IOException;
  }
}

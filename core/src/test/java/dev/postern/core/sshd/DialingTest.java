package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DialingTest {
  private final List<String> trail = new CopyOnWriteArrayList<>();
  private final ExecutorService blocking = Executors.newCachedThreadPool(new DaemonThreads("dial"));
  private final SocketLoop loop = new SocketLoop();

  @AfterEach
  void tearDown() {
    loop.close();
    blocking.shutdownNow();
  }

  @Test
  void everyRefusalIsListed() throws Exception {
    int port = unusedPort();

    HopFailure failure =
        failure(dial("bastion", port, Duration.ofSeconds(10), "127.0.0.1", "127.0.0.2"));

    assertThat(failure.code()).isEqualTo(Code.CONNECT_FAILED);
    assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
    assertThat(failure.sentence())
        .isEqualTo(
            "cannot connect to bastion:%1$d: 127.0.0.1:%1$d Connection refused, 127.0.0.2:%1$d Connection refused; check that an SSH server listens there and that nothing between blocks it"
                .formatted(port));
    assertThat(trail).containsExactly("resolve: bastion is 127.0.0.1, 127.0.0.2");
  }

  @Test
  void theNextAddressIsTriedWhenOneRefuses() throws Exception {
    try (RawServer server = RawServer.silent()) {
      Carrier carrier =
          Rig.done(
              dial("bastion", server.port(), Duration.ofSeconds(10), "127.0.0.2", "127.0.0.1"));

      assertThat(carrier.remoteAddress())
          .isEqualTo(new InetSocketAddress("127.0.0.1", server.port()));
      carrier.close();
    }
  }

  @Test
  void theNextAddressIsTriedBesideOneThatKeepsSilent() throws Exception {
    try (FullListener silent = new FullListener();
        ServerSocket other =
            new ServerSocket(silent.port(), 5, InetAddress.getByName("127.0.0.2"))) {
      Carrier carrier =
          Rig.done(
              dial("bastion", silent.port(), Duration.ofSeconds(10), "127.0.0.1", "127.0.0.2"));

      assertThat(carrier.remoteAddress()).isEqualTo(other.getLocalSocketAddress());
      carrier.close();
    }
  }

  @Test
  void anAddressThatNeverAnswersRunsIntoTheDeadline() throws Exception {
    try (Rig rig = new Rig();
        FullListener silent = new FullListener()) {
      rig.connectTimeout = Duration.ofMillis(400);
      ScriptedEngine engine = ScriptedEngine.password("unused");

      HopFailure failure = failure(rig.dial(silent.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.CONNECT_TIMEOUT);
      assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
      assertThat(failure.sentence())
          .isEqualTo(
              "no answer from 127.0.0.1:" + silent.port() + " within 400 ms (connect-timeout)");
      assertThat(engine.isClosedSoon()).isTrue();
    }
  }

  @Test
  void aNameThatCannotBeResolvedIsNamed() {
    try (Rig rig = new Rig()) {
      String name = "a".repeat(64) + ".invalid";
      Endpoint endpoint = new Endpoint(name, 22);

      HopFailure failure =
          failure(
              rig.connect(
                  Rig.info(1, 1, endpoint),
                  Link.dial(endpoint),
                  ScriptedEngine.password("unused")));

      assertThat(failure.code()).isEqualTo(Code.NAME_NOT_RESOLVED);
      assertThat(failure.phase()).isEqualTo(Phase.RESOLVE);
      assertThat(failure.sentence())
          .isEqualTo(
              "this machine cannot resolve the name '"
                  + name
                  + "'; check it, or put a hop before it that knows it");
    }
  }

  @Test
  void aLookupThatTakesTooLongIsTheNamesFaultNotTheServers() {
    CountDownLatch never = new CountDownLatch(1);
    Dialer dialer =
        new Dialer(
            loop,
            blocking,
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new UnknownHostException("interrupted");
              }
              return new InetAddress[0];
            });

    HopFailure failure =
        failure(dialer.dial(new Endpoint("bastion", 22), Duration.ofMillis(200), recorder()));

    assertThat(failure.code()).isEqualTo(Code.NAME_NOT_RESOLVED);
    assertThat(failure.sentence())
        .isEqualTo(
            "this machine got no answer about the name 'bastion' within 200 ms (connect-timeout);"
                + " check it, or put a hop before it that knows it");
    never.countDown();
  }

  @Test
  void cancellingClosesWhatWasBegun() throws Exception {
    try (FullListener silent = new FullListener()) {
      CompletableFuture<Carrier> dialling =
          dial("bastion", silent.port(), Duration.ofSeconds(10), "127.0.0.1");
      await().until(() -> ProcessSockets.connectingTo(silent.port()) == 1);

      dialling.cancel(true);

      assertThat(dialling).isCancelled();
      await().until(() -> ProcessSockets.connectingTo(silent.port()) == 0);
    }
  }

  private CompletableFuture<Carrier> dial(
      String name, int port, Duration limit, String... addresses) {
    Dialer dialer =
        new Dialer(
            loop,
            blocking,
            host -> {
              InetAddress[] result = new InetAddress[addresses.length];
              for (int i = 0; i < addresses.length; i++) {
                result[i] = InetAddress.getByName(addresses[i]);
              }
              return result;
            });
    return dialer.dial(new Endpoint(name, port), limit, recorder());
  }

  private TrailRecorder recorder() {
    return new TrailRecorder() {
      @Override
      public HopInfo hop() {
        return Rig.info(1, 1, new Endpoint("bastion", 22));
      }

      @Override
      public void record(Phase phase, String text) {
        trail.add(phase + ": " + text);
      }
    };
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** A listener whose queue is full, so that the kernel leaves who comes next without an answer. */
  private static final class FullListener implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    FullListener() throws Exception {
      listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
      for (int i = 0; i < 8; i++) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(listener.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException e) {
          return;
        }
      }
      throw new IllegalStateException("the listener's queue does not fill up");
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws Exception {
      for (Socket socket : queued) {
        socket.close();
      }
      listener.close();
    }
  }
}

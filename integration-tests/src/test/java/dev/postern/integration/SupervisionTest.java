package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.Postern;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes that are kept open, over real servers that fail in each way. */
@NeedsRealServers
@Timeout(90)
@TestInstance(Lifecycle.PER_CLASS)
final class SupervisionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Account account = Account.create();
  @TempDir private Path folder;
  private String auth = "";
  private RealSshd server;
  private EchoService echo;
  private Postern postern;
  private List<SupervisionEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    events = new CopyOnWriteArrayList<>();
    echo = EchoService.onTcp();
    auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    server = RealSshd.in(folder).start();
  }

  @AfterEach
  void close() throws Exception {
    postern.close();
    server.close();
    echo.close();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private Supervision supervise(RouteFile route, String gateTime) throws Exception {
    route
        .set("forwards = [ { local = \"0\", remote = \"%s\" } ]".formatted(echo.address()))
        .set("reconnect { delay = 200ms, max-delay = 1s, gate-time = %s }".formatted(gateTime));
    postern = Postern.load(route.write());
    Supervision supervision = postern.supervise("it", events::add);
    supervision.up().toCompletableFuture().get();
    return supervision;
  }

  private RouteFile oneHop() {
    return new RouteFile(folder).hop(server, account.name(), auth);
  }

  private static void awaitState(Supervision supervision, ForwardState state) {
    await().atMost(LONG).until(() -> supervision.state() == state);
  }

  @Test
  void aServerThatWasGoneIsFoundAgainOnTheSameLocalPort() throws Exception {
    Supervision supervision = supervise(oneHop(), "0s");
    Forward forward = supervision.forwards().get(0);
    int port = forward.port();
    assertThat(Client.ask(forward, "one")).isEqualTo("hello:one");
    server.kill();
    awaitState(supervision, ForwardState.RECONNECTING);
    CompletableFuture<String> meanwhile =
        CompletableFuture.supplyAsync(() -> ask(forward, "meanwhile"));
    server = RealSshd.in(folder).inPlaceOf(server, true).start();
    awaitState(supervision, ForwardState.UP);
    assertThat(meanwhile.get()).isEqualTo("hello:meanwhile");
    assertThat(forward.port()).isEqualTo(port);
    assertThat(Client.ask(forward, "two")).isEqualTo("hello:two");
    assertThat(events.get(0).state()).isEqualTo(ForwardState.OPENING);
    assertThat(events.get(events.size() - 1).failure()).isEmpty();
  }

  private static String ask(Forward forward, String words) {
    try {
      return Client.ask(forward, words);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aConnectionThatWasOpenIsResetAndNotEndedAsIfItWereWhole() throws Exception {
    RealSshd last = RealSshd.in(folder).start();
    try {
      Supervision supervision = supervise(oneHop().hop(last, account.name(), auth), "0s");
      try (SocketChannel open =
          SocketChannel.open(Client.of(supervision.forwards().get(0).address()))) {
        open.write(ByteBuffer.wrap(new byte[] {'x'}));
        await().until(() -> supervision.forwards().get(0).counts().sent() == 1);
        server.killSessions();
        assertThatThrownBy(() -> Client.rest(open)).hasMessageContaining("reset");
      }
      awaitState(supervision, ForwardState.UP);
      assertThat(Client.ask(supervision.forwards().get(0), "you")).isEqualTo("hello:you");
    } finally {
      last.close();
    }
  }

  @Test
  void anotherHostKeyEndsIt() throws Exception {
    Supervision supervision = supervise(oneHop(), "0s");
    server.kill();
    server = RealSshd.in(folder).inPlaceOf(server, false).start();
    CircuitException failure = supervision.ended().toCompletableFuture().get().orElseThrow();
    assertThat(failure.code()).isEqualTo(Code.HOST_KEY_CHANGED);
    assertThat(supervision.state()).isEqualTo(ForwardState.FAILED);
    assertThat(supervision.trail().entries()).isNotEmpty();
    assertThat(supervision.forwards()).isEmpty();
  }

  @Test
  void aKeyThatIsRefusedEndsIt() throws Exception {
    Supervision supervision = supervise(oneHop(), "0s");
    server.kill();
    server =
        RealSshd.in(folder).inPlaceOf(server, true).option("AuthorizedKeysFile", "none").start();
    CircuitException failure = supervision.ended().toCompletableFuture().get().orElseThrow();
    assertThat(failure.code().id()).startsWith("PST-A");
    assertThat(supervision.state()).isEqualTo(ForwardState.FAILED);
  }

  @Test
  void anEndWithinTheGateTimeIsNoReasonToTryAgain() throws Exception {
    Supervision supervision = supervise(oneHop(), "1m");
    // Before it answers, the server may have yet to make the process that serves us.
    assertThat(Client.ask(supervision.forwards().get(0), "you")).isEqualTo("hello:you");
    server.kill();
    assertThat(supervision.ended().toCompletableFuture().get().orElseThrow().code())
        .isEqualTo(Code.SUPERVISION_EARLY_END);
  }

  @Test
  void aLinkThatSwallowsEverythingIsNoticedByKeepalives() throws Exception {
    try (Blackhole network = new Blackhole(server.port())) {
      RouteFile route =
          new RouteFile(folder)
              .hop("127.0.0.1", network.port(), account.name(), auth)
              .knownHosts(
                  server
                      .knownHostsLine("127.0.0.1")
                      .replace(":" + server.port(), ":" + network.port()))
              .set("keepalive { interval = 1s, count = 2 }")
              .set("connect-timeout = 3s");
      Supervision supervision = supervise(route, "0s");
      network.swallow(true);
      long begun = System.nanoTime();
      awaitState(supervision, ForwardState.RECONNECTING);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      network.swallow(false);
      awaitState(supervision, ForwardState.UP);
      assertThat(Client.ask(supervision.forwards().get(0), "you")).isEqualTo("hello:you");
    }
  }

  @Test
  void closingIsBoundedWithOpenClientsAndAServerThatDoesNotAnswer() throws Exception {
    try (Blackhole network = new Blackhole(server.port())) {
      RouteFile route =
          new RouteFile(folder)
              .hop("127.0.0.1", network.port(), account.name(), auth)
              .knownHosts(
                  server
                      .knownHostsLine("127.0.0.1")
                      .replace(":" + server.port(), ":" + network.port()));
      Supervision supervision = supervise(route, "0s");
      try (SocketChannel client =
          SocketChannel.open(Client.of(supervision.forwards().get(0).address()))) {
        await().until(() -> supervision.forwards().get(0).counts().open() == 1);
        network.swallow(true);
        long begun = System.nanoTime();
        supervision.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(supervision.state()).isEqualTo(ForwardState.CLOSED);
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
  }
}

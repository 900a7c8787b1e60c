package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.Postern;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.event.CircuitEvent;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What passes through forwards whose circuit was lost and opened anew, on real servers. */
@NeedsRealServers
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
final class ReconnectedForwardsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Account account = Account.create();
  @TempDir private Path folder;
  private String auth = "";
  private RealSshd server;
  private EchoService echo;
  private Postern postern;
  private List<SupervisionEvent> events = new CopyOnWriteArrayList<>();
  private List<CircuitEvent> operators = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    events = new CopyOnWriteArrayList<>();
    operators = new CopyOnWriteArrayList<>();
    echo = EchoService.onTcp();
    auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    server = RealSshd.in(folder).option("AddressFamily", "inet").start();
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

  private Supervision supervise(RouteFile route, String forward, Consumer<SupervisionEvent> also)
      throws Exception {
    route
        .set("forwards = [ { %s } ]".formatted(forward))
        .set("reconnect { delay = 200ms, max-delay = 1s, gate-time = 0s }");
    postern = Postern.builder().configuration(route.write()).listener(operators::add).build();
    Supervision supervision =
        postern.supervise(
            "it",
            event -> {
              events.add(event);
              also.accept(event);
            });
    supervision.up().toCompletableFuture().get();
    return supervision;
  }

  private Supervision supervise(String forward) throws Exception {
    return supervise(new RouteFile(folder).hop(server, account.name(), auth), forward, event -> {});
  }

  private static String to(String address) {
    return "local = \"0\", remote = \"%s\"".formatted(address);
  }

  private String fromTheFarEnd() {
    return "type = remote, remote = \"127.0.0.1:0\", local = \"%s\"".formatted(echo.address());
  }

  private long ups() {
    return events.stream()
        .filter(event -> event.state() == ForwardState.UP && event.forward().isEmpty())
        .count();
  }

  /** Kills what serves the session, and waits until there is another. */
  private void loseAndReconnect() {
    long before = ups();
    server.killSessions();
    await().atMost(LONG).until(() -> ups() > before);
  }

  @Test
  void theFarEndListensOnTheSamePortAgain() throws Exception {
    Supervision supervision = supervise(fromTheFarEnd());
    Forward forward = supervision.forwards().get(0);
    int port = forward.port();
    assertThat(Client.ask(forward, "one")).isEqualTo("hello:one");
    loseAndReconnect();
    await().atMost(LONG).until(() -> forward.state() == ForwardState.UP);
    assertThat(forward.port()).isEqualTo(port);
    assertThat(Client.ask(forward, "two")).isEqualTo("hello:two");
    assertThat(forward.counts().accepted()).as("of both circuits").isEqualTo(2);
  }

  @Test
  void aPortThatTheFarEndDoesNotGiveBackIsToldAndAskedForUntilItIsThere() throws Exception {
    CompletableFuture<ServerSocket> thief = new CompletableFuture<>();
    Supervision supervision =
        supervise(
            new RouteFile(folder).hop(server, account.name(), auth),
            fromTheFarEnd(),
            event -> {
              if (event.state() == ForwardState.RECONNECTING) {
                thief.complete(listenOn(portOfTheFarEnd()));
              }
            });
    Forward forward = supervision.forwards().get(0);
    assertThat(Client.ask(forward, "one")).isEqualTo("hello:one");
    loseAndReconnect();
    await().atMost(LONG).until(() -> !farEvents().isEmpty());
    assertThat(forward.state()).isEqualTo(ForwardState.RECONNECTING);
    assertThat(supervision.state()).isEqualTo(ForwardState.UP);
    assertThat(supervision.lastFailure().orElseThrow().code()).isEqualTo(Code.FORWARD_DENIED);
    thief.get().close();
    await().atMost(LONG).until(() -> farEvents().size() == 2);
    assertThat(Client.ask(forward, "two")).isEqualTo("hello:two");
    assertThat(farEvents().get(0).failure().orElseThrow())
        .hasMessageContaining("the server does not listen on " + forward.address());
    assertThat(farEvents().get(1).failure()).isEmpty();
    assertThat(operators)
        .filteredOn(CircuitEvent.ForwardRefused.class::isInstance)
        .extracting(event -> ((CircuitEvent.ForwardRefused) event).forward())
        .containsExactly("remote %s -> %s".formatted(forward.address(), echo.address()));
  }

  private int portOfTheFarEnd() {
    String opened =
        operators.stream()
            .filter(CircuitEvent.ForwardOpened.class::isInstance)
            .map(event -> ((CircuitEvent.ForwardOpened) event).forward())
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(opened.replaceAll("remote 127\\.0\\.0\\.1:(\\d+) -> .*", "$1"));
  }

  private static ServerSocket listenOn(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SupervisionEvent> farEvents() {
    return events.stream().filter(event -> event.forward().isPresent()).toList();
  }

  @Test
  void halfOfAConnectionMayEndFirstOnEitherSide() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> heard =
          CompletableFuture.supplyAsync(() -> saysGoodbyeAndListens(target));
      Supervision supervision = supervise(to("127.0.0.1:" + target.getLocalPort()));
      loseAndReconnect();
      Forward forward = supervision.forwards().get(0);
      try (SocketChannel client = SocketChannel.open(Client.of(forward.address()))) {
        assertThat(Client.rest(client)).isEqualTo("bye");
        client.write(ByteBuffer.wrap("still here".getBytes(UTF_8)));
        client.shutdownOutput();
        assertThat(heard.get()).isEqualTo("still here");
      }
    }
  }

  @Test
  void aRequestThatEndsFirstStillHasItsReply() throws Exception {
    Supervision supervision = supervise(to(echo.address()));
    loseAndReconnect();
    assertThat(Client.ask(supervision.forwards().get(0), "you")).isEqualTo("hello:you");
  }

  private static String saysGoodbyeAndListens(ServerSocket target) {
    try (Socket client = target.accept()) {
      client.getOutputStream().write("bye".getBytes(UTF_8));
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aTransferThatIsCutIsResetAndTheNextIsWhole() throws Exception {
    byte[] content = new byte[48 << 20];
    new Random(4711).nextBytes(content);
    try (ServerSocket target = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread sending = new Thread(() -> send(target, content), "sender");
      sending.setDaemon(true);
      sending.start();
      Supervision supervision = supervise(to("127.0.0.1:" + target.getLocalPort()));
      int port = supervision.forwards().get(0).port();
      try (Socket cut = new Socket("127.0.0.1", port)) {
        InputStream input = cut.getInputStream();
        int had = input.readNBytes(1 << 20).length;
        server.killSessions();
        // What is under way comes still; not the rest, and never an end as if it were all.
        assertThatThrownBy(() -> input.readNBytes(content.length - had))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("reset");
      }
      try (Socket whole = new Socket("127.0.0.1", port)) {
        assertThat(sha256(whole.getInputStream().readAllBytes())).isEqualTo(sha256(content));
      }
      assertThat(ups()).isEqualTo(2);
    }
  }

  private static void send(ServerSocket target, byte[] content) {
    while (!target.isClosed()) {
      try (Socket client = target.accept();
          OutputStream output = client.getOutputStream()) {
        output.write(content);
      } catch (IOException e) {
        // It was cut, or the test is over.
      }
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void thirtyReconnectionsLeaveNothing() throws Exception {
    Supervision supervision = supervise(to(echo.address()));
    Forward forward = supervision.forwards().get(0);
    int port = forward.port();
    for (int i = 0; i < 3; i++) {
      loseAndReconnect();
    }
    assertThat(Client.ask(forward, "you")).isEqualTo("hello:you");
    await().until(() -> forward.counts().open() == 0);
    long descriptors = descriptors();
    long threads = threads();
    for (int i = 0; i < 30; i++) {
      try (SocketChannel open = SocketChannel.open(Client.of(forward.address()))) {
        open.write(ByteBuffer.wrap(new byte[] {'x'}));
        loseAndReconnect();
      }
    }
    assertThat(Client.ask(forward, "you")).isEqualTo("hello:you");
    assertThat(forward.port()).isEqualTo(port);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(forward.counts().open()).isZero();
              assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
              assertThat(threads()).isLessThanOrEqualTo(threads);
            });
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

  @Test
  void nothingIsLeftWhenClosingReturnsThoughTheGatewayOfTwoHopsIsDead() throws Exception {
    try (RealSshd last = RealSshd.in(folder).start();
        Blackhole network = new Blackhole(server.port())) {
      RouteFile route =
          new RouteFile(folder)
              .hop("127.0.0.1", network.port(), account.name(), auth)
              .knownHosts(
                  server
                      .knownHostsLine("127.0.0.1")
                      .replace(":" + server.port(), ":" + network.port()))
              .hop(last, account.name(), auth);
      Supervision supervision = supervise(route, to(echo.address()), event -> {});
      Forward forward = supervision.forwards().get(0);
      try (SocketChannel client = SocketChannel.open(Client.of(forward.address()))) {
        await().until(() -> forward.counts().open() == 1);
        network.swallow(true);
        long begun = System.nanoTime();
        supervision.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(operators).filteredOn(CircuitEvent.HopClosed.class::isInstance).hasSize(2);
        assertThat(supervision.ended().toCompletableFuture()).isDone();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
  }
}

package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.TcpStream;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forwards of every kind, between every kind of address, on a real server. */
@NeedsRealServers
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
final class ForwardsTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private Path sockets;
  private RealSshd server;
  private Postern postern;
  private Circuit circuit;

  @BeforeEach
  void open() throws Exception {
    start(RealSshd.in(folder));
  }

  private void start(RealSshd.Builder builder) throws Exception {
    server = builder.start();
    String auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
    postern = Postern.load(new RouteFile(folder).hop(server, account.name(), auth).write());
    circuit = postern.open("it");
    sockets = Files.createTempDirectory("pf");
    Commands.run("chmod", "0777", sockets.toString());
  }

  @AfterEach
  void close() {
    postern.close();
    server.close();
    Commands.run("rm", "-rf", sockets.toString());
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private EchoService echo(boolean unix) throws Exception {
    if (!unix) {
      return EchoService.onTcp();
    }
    Path path = sockets.resolve("echo.sock");
    EchoService service = EchoService.onUnix(path);
    Commands.run("chmod", "0666", path.toString());
    return service;
  }

  private ForwardAddress listen(boolean unix) {
    return ForwardAddress.of(unix ? sockets.resolve("listen.sock").toString() : "0");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void fromThisMachine(boolean listensOnUnix, boolean targetIsUnix) throws Exception {
    try (EchoService echo = echo(targetIsUnix);
        Forward forward =
            circuit.forward(
                ForwardSpec.local(listen(listensOnUnix), ForwardAddress.of(echo.address())))) {
      assertThat(forward.state()).isEqualTo(ForwardState.UP);
      assertThat(Client.ask(forward, "you")).isEqualTo("hello:you");
      Awaitility.await().until(() -> forward.counts().open() == 0);
      assertThat(forward.counts().accepted()).isEqualTo(1);
      assertThat(forward.counts().sent()).isEqualTo(3);
      assertThat(forward.counts().received()).isEqualTo(9);
    }
    assertThat(circuit.forwards()).isEmpty();
    assertThat(sockets.resolve("listen.sock")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void fromTheFarEnd(boolean listensOnUnix, boolean targetIsUnix) throws Exception {
    ForwardAddress listens = listen(listensOnUnix);
    try (EchoService echo = echo(targetIsUnix)) {
      Forward forward =
          circuit.forward(ForwardSpec.remote(listens, ForwardAddress.of(echo.address())));
      assertThat(Client.ask(forward, "you")).isEqualTo("hello:you");
      assertThat(Client.ask(forward, "again")).isEqualTo("hello:again");
      Awaitility.await().until(() -> forward.counts().open() == 0);
      assertThat(forward.counts().sent()).isEqualTo(8);
      assertThat(forward.counts().received()).isEqualTo(20);
      forward.close();
      // The server stops listening when it has heard of it.
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> Client.ask(forward, "too late"))
                      .isInstanceOf(java.io.IOException.class));
      assertThat(circuit.isOpen()).isTrue();
    }
  }

  @Test
  void aPortThatTheServerChoseIsTold() throws Exception {
    try (EchoService echo = echo(false);
        Forward one = circuit.forward(remote(echo));
        Forward other = circuit.forward(remote(echo))) {
      assertThat(one.port()).isPositive().isNotEqualTo(other.port());
      assertThat(one.address()).hasToString("localhost:" + one.port());
      assertThat(Client.ask(one, "one")).isEqualTo("hello:one");
      assertThat(Client.ask(other, "other")).isEqualTo("hello:other");
    }
  }

  private static ForwardSpec remote(EchoService echo) {
    return ForwardSpec.remote(ForwardAddress.of("localhost:0"), ForwardAddress.of(echo.address()));
  }

  @Test
  void circuitsThatShareAHopHaveForwardsOfTheirOwn() throws Exception {
    try (Circuit second = postern.open("it");
        EchoService ofFirst = echo(false);
        EchoService ofSecond = EchoService.onUnix(sockets.resolve("second.sock"))) {
      Forward first = circuit.forward(remote(ofFirst));
      Forward other = second.forward(remote(ofSecond));
      assertThatThrownBy(
              () ->
                  second.forward(
                      ForwardSpec.remote(first.address(), ForwardAddress.of(ofSecond.address()))))
          .isInstanceOfSatisfying(
              CircuitException.class,
              failure -> assertThat(failure.code()).isEqualTo(Code.FORWARD_DENIED));
      circuit.close();
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> Client.ask(first, "too late"))
                      .isInstanceOf(ConnectException.class));
      assertThat(Client.ask(other, "still")).isEqualTo("hello:still");
    }
  }

  @Test
  void aTargetOfThisMachineThatIsNotThereIsInTheTrail() throws Exception {
    try (Forward forward =
        circuit.forward(
            ForwardSpec.remote(
                ForwardAddress.of("localhost:0"), ForwardAddress.of("127.0.0.1:1")))) {
      assertThat(Client.ask(forward, "")).isEmpty();
      Awaitility.await().until(() -> forward.counts().refused() == 1);
      assertThat(forward.counts().lastError())
          .hasValue("this machine cannot connect to 127.0.0.1:1: Connection refused");
      assertThat(circuit.trail().toString())
          .contains(
              "a connection to the forward on localhost:%d was refused: this machine cannot connect to 127.0.0.1:1: Connection refused [PST-F003]"
                  .formatted(forward.port()));
    }
  }

  @Test
  void aServerThatForbidsItIsNamedWithWhatToLookAt() throws Exception {
    close();
    start(
        RealSshd.in(folder)
            .option("AllowTcpForwarding", "local")
            .option("AllowStreamLocalForwarding", "local"));
    assertDenied(
        "localhost:8080",
        "the port may be taken there, be reserved for root, or be forbidden (AllowTcpForwarding, PermitListen, GatewayPorts)");
    assertDenied(
        "/tmp/x.sock",
        "it may forbid it (AllowStreamLocalForwarding), the path may be taken (StreamLocalBindUnlink) or its folder not writable there");
  }

  private void assertDenied(String listen, String why) {
    ForwardSpec spec =
        ForwardSpec.remote(ForwardAddress.of(listen), ForwardAddress.of("127.0.0.1:80"));
    assertThatThrownBy(() -> circuit.forward(spec))
        .isInstanceOfSatisfying(
            CircuitException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.FORWARD_DENIED);
              assertThat(failure)
                  .hasMessage(
                      "hop 1/1 %s@127.0.0.1 channel: the server does not listen on %s for us: %s [PST-F004]"
                          .formatted(account.name(), listen, why));
            });
  }

  @Test
  void aSocketHereIsForThisUserAloneAndNeverInTheWayOfAnother() throws Exception {
    Path path = sockets.resolve("mine.sock");
    ForwardSpec spec = ForwardSpec.of(path.toString(), "localhost:1");
    try (Forward forward = circuit.forward(spec)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      assertNotBound(spec, "somebody listens there already; choose another path");
      Files.delete(path);
      Files.writeString(path, "somebody else's");
      assertThat(forward.state()).isEqualTo(ForwardState.UP);
    }
    assertThat(path).hasContent("somebody else's");
    assertNotBound(spec, "there is a file of that name that is no socket; choose another path");
  }

  @Test
  void anAbandonedSocketIsRemovedWhenThatIsAskedFor() throws Exception {
    Path path = sockets.resolve("left.sock");
    EchoService.onUnix(path).close();
    ForwardSpec spec = ForwardSpec.of(path.toString(), "localhost:1");
    assertNotBound(
        spec,
        "there is a socket that nobody listens on any more; remove it, or let us do so (unlink = true, -o StreamLocalBindUnlink=yes)");
    circuit.forward(spec.withUnlink(true)).close();
    assertThat(path).doesNotExist();
  }

  @Test
  void aPathThatIsTooLongIsRefusedWithItsLength() {
    Path path = sockets.resolve("x".repeat(107));
    assertNotBound(
        ForwardSpec.of(path.toString(), "localhost:1"),
        "its path has %d bytes, and that of a Unix socket has room for 107; choose a shorter one"
            .formatted(path.toString().length()));
  }

  private void assertNotBound(ForwardSpec spec, String why) {
    assertThatThrownBy(() -> circuit.forward(spec))
        .isInstanceOfSatisfying(
            CircuitException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.FORWARD_BIND_FAILED);
              assertThat(failure)
                  .hasMessageContaining("cannot listen on " + spec.listen() + ": " + why + " [");
            });
  }

  @Test
  void aSocketAtTheFarEndIsReachedWithoutAListener() throws Exception {
    try (EchoService echo = echo(true);
        TcpStream stream = circuit.openUnix(echo.address())) {
      stream.output().write("you".getBytes(StandardCharsets.UTF_8));
      stream.output().close();
      assertThat(stream.input().readAllBytes()).asString().isEqualTo("hello:you");
    }
    assertThatThrownBy(() -> circuit.openUnix("/tmp/nobody-listens.sock"))
        .isInstanceOfSatisfying(
            CircuitException.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH));
  }

  @Test
  void whatOthersMayConnectToIsInTheTrail() throws Exception {
    Forward forward = circuit.forward(ForwardSpec.of("*:0", "localhost:1"));
    forward.close();
    assertThat(circuit.trail().toString())
        .contains(
            "other machines may connect to the forward *:%d -> localhost:1"
                .formatted(forward.port()));
  }
}

package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TrailEntry;
import dev.postern.problem.Code;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Real servers behind real proxies and real programs. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class ProxiesTest {
  private static final String USER = "ann";
  private static final String PASSWORD = "pr0xy-sesame";

  private final Account account = Account.create();
  private Path folder;
  private Path key;
  private String auth;
  private RealSshd bastion;
  private RealSshd target;

  @BeforeAll
  void startServers(@TempDir Path temporary) {
    folder = temporary;
    key = account.authorizeNewKey(folder);
    auth = "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key);
    bastion = RealSshd.in(folder).start();
    target = RealSshd.in(folder).start();
  }

  @AfterAll
  void stopServers() {
    bastion.close();
    target.close();
    account.close();
  }

  @Test
  void aSocksProxyIsPassedFirstAndBehindAHop() throws Exception {
    try (RealProxy proxy = RealProxy.socks(USER, PASSWORD)) {
      String transport = proxied("socks5", proxy, PASSWORD);
      assertReaches(alone(transport));
      assertReaches(behindTheBastion(transport));
    }
  }

  @Test
  void openSshsSocksIsPassedFirstAndBehindAHop() throws Exception {
    try (RealProxy proxy = RealProxy.openSshSocks(bastion, account.name(), key)) {
      String transport = "{ type = socks5, proxy = \"127.0.0.1:%d\" }".formatted(proxy.port());
      assertReaches(alone(transport));
      assertReaches(behindTheBastion(transport));
    }
  }

  @Test
  void anHttpProxyIsPassedFirstAndBehindAHop() throws Exception {
    try (RealProxy proxy = RealProxy.http(folder, USER, PASSWORD)) {
      String transport = proxied("http-connect", proxy, PASSWORD);
      assertReaches(alone(transport));
      assertReaches(behindTheBastion(transport));
    }
  }

  @Test
  void refusedPasswordsAreToldWithoutThem() throws Exception {
    try (RealProxy socks = RealProxy.socks(USER, PASSWORD);
        RealProxy http = RealProxy.http(folder, USER, PASSWORD)) {
      CircuitException bySocks = failure(alone(proxied("socks5", socks, "wr0ng")));
      assertThat(bySocks.code()).isEqualTo(Code.TRANSPORT_FAILED);
      assertThat(bySocks)
          .hasMessage(
              "hop 1/1 %s@127.0.0.1 connect: the transport 'socks5' failed: the proxy 127.0.0.1:%d refused the user 'ann'; check user and password [PST-T010]"
                  .formatted(account.name(), socks.port()));
      CircuitException byHttp = failure(alone(proxied("http-connect", http, "wr0ng")));
      assertThat(byHttp)
          .hasMessageContaining("the proxy 127.0.0.1:%d refused the user 'ann'", http.port());
      assertThat(byHttp.trail().entries()).noneMatch(says("wr0ng")).anyMatch(says("answered 401"));
    }
  }

  @Test
  void aSilentProxyIsToldWithWhatWasWaitedFor() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      String proxy = "127.0.0.1:" + silent.getLocalPort();
      Path file =
          new RouteFile(folder)
              .set("connect-timeout = 500ms")
              .hop(
                  target,
                  account.name(),
                  auth,
                  "{ type = socks5, proxy = \"%s\" }".formatted(proxy))
              .write();
      CircuitException failure = failure(file);
      assertThat(failure.code()).isEqualTo(Code.CONNECT_TIMEOUT);
      assertThat(failure)
          .hasMessageContaining(
              "the transport 'socks5' took longer than 500 ms (connect-timeout): waited for the answer of the proxy %s to the greeting; check that a SOCKS 5 proxy listens there",
              proxy);
    }
  }

  @Test
  void behindAHopAProgramMakesNoSense() {
    CircuitException failure =
        failure(behindTheBastion("{ type = command, command = [nc, \"%h\", \"%p\"] }"));
    assertThat(failure.code()).isEqualTo(Code.PLUGIN_MISCONFIGURED);
    assertThat(failure)
        .hasMessageContaining(
            "the transport 'command' is misconfigured: it starts a program on this machine, which does not go through another hop");
  }

  @Test
  void aProgramIsPassedAndEndsWithItsCircuit() throws Exception {
    Path file = alone("{ type = command, command = [nc, \"%h\", \"%p\"] }");
    List<ProcessHandle> program;
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.open("it")) {
      program = programs("nc");
      assertThat(program).hasSize(1);
      assertArrivesIntact(circuit);
    }
    awaitEnd(program);
  }

  @Test
  void aProgramThatSpeaksTlsIsPassedAndItsWordsAreInTheTrail() throws Exception {
    try (RealProxy tls = RealProxy.tls(folder, target)) {
      Path file =
          alone(
              "{ type = command, command = [openssl, s_client, -quiet, -connect, \"127.0.0.1:%d\"] }"
                  .formatted(tls.port()));
      try (Postern postern = Postern.load(file);
          Circuit circuit = postern.open("it")) {
        assertThat(RemoteCommand.run(circuit, "echo in").output()).isEqualTo("in\n");
        assertThat(circuit.trail().entries()).anyMatch(says("openssl: depth=0 CN = localhost"));
      }
      Awaitility.await().until(() -> programs("openssl").isEmpty());
    }
  }

  @Test
  void aProgramThatFailsSaysWhyAndLeavesNothing() throws Exception {
    Path file = alone("{ type = command, command = [nc, -v, \"%h\", \"9\"] }");
    CircuitException failure = failure(file);
    assertThat(failure.code()).isEqualTo(Code.CLOSED_IN_HANDSHAKE);
    assertThat(failure)
        .hasMessageContaining("the program 'nc' ended with exit code 1; it said: \"")
        .hasMessageContaining("Connection refused");
    assertThat(programs("nc")).isEmpty();
  }

  @Test
  void aCancelledOpeningEndsItsProgram() throws Exception {
    try (Postern postern = Postern.load(alone("{ type = command, command = [sleep, \"1000\"] }"))) {
      CompletableFuture<Circuit> opening = postern.openAsync("it");
      Awaitility.await().until(() -> programs("sleep").size() == 1);
      List<ProcessHandle> program = programs("sleep");
      opening.cancel(true);
      awaitEnd(program);
    }
  }

  @Test
  void aProgramThatIsKilledTakesItsCircuitWithIt() throws Exception {
    Path file = alone("{ type = command, command = [nc, \"%h\", \"%p\"] }");
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.open("it")) {
      programs("nc").forEach(ProcessHandle::destroyForcibly);
      assertThat(circuit.closed().toCompletableFuture().get())
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .hasMessageContaining(
                          "the link was lost: the program 'nc' ended with exit code 137"));
    }
  }

  @Test
  void theHopThatDiesTakesWhatGoesThroughItsProxy() throws Exception {
    try (RealProxy proxy = RealProxy.socks(USER, PASSWORD);
        RealSshd dying = RealSshd.in(folder).start();
        Postern postern =
            Postern.load(
                new RouteFile(folder)
                    .hop(dying, account.name(), auth)
                    .hop(target, account.name(), auth, proxied("socks5", proxy, PASSWORD))
                    .write());
        Circuit circuit = postern.open("it")) {
      dying.kill();
      assertThat(circuit.closed().toCompletableFuture().get()).isPresent();
    }
  }

  private Path alone(String transport) {
    return new RouteFile(folder).hop(target, account.name(), auth, transport).write();
  }

  private Path behindTheBastion(String transport) {
    return new RouteFile(folder)
        .hop(bastion, account.name(), auth)
        .hop(target, account.name(), auth, transport)
        .write();
  }

  private static String proxied(String type, RealProxy proxy, String password) {
    return "{ type = %s, proxy = \"127.0.0.1:%d\", user = %s, password = \"%s\" }"
        .formatted(type, proxy.port(), USER, password);
  }

  private void assertReaches(Path file) throws Exception {
    List<String> before = OwnSockets.listening();
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.open("it")) {
      assertThat(OwnSockets.listening()).isEqualTo(before);
      assertThat(RemoteCommand.run(circuit, "echo $SSH_CONNECTION").output())
          .endsWith(" " + target.port() + "\n");
      assertThat(circuit.trail().entries()).noneMatch(says(PASSWORD));
      assertArrivesIntact(circuit);
    }
  }

  /** A hundred mebibytes. */
  private static void assertArrivesIntact(Circuit circuit) throws Exception {
    String command = "seq 100000000 | head -c " + (100 << 20);
    String expected = Commands.run("sh", "-c", command + " | sha256sum").substring(0, 64);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (RemoteProcess process = circuit.exec(command);
        InputStream output = new DigestInputStream(process.output(), digest)) {
      output.transferTo(OutputStream.nullOutputStream());
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
  }

  private static CircuitException failure(Path file) {
    CircuitException[] failure = new CircuitException[1];
    try (Postern postern = Postern.load(file)) {
      assertThatThrownBy(() -> postern.open("it"))
          .isInstanceOfSatisfying(CircuitException.class, thrown -> failure[0] = thrown);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return failure[0];
  }

  private static Predicate<TrailEntry> says(String text) {
    return entry -> entry.text().contains(text);
  }

  /** Our own programs of this name. */
  private static List<ProcessHandle> programs(String name) {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().filter(path -> isNamed(path, name)).isPresent())
        .toList();
  }

  private static boolean isNamed(String path, String name) {
    String file = Path.of(path).getFileName().toString();
    return file.equals(name) || file.startsWith(name + ".");
  }

  private static void awaitEnd(List<ProcessHandle> programs) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
  }
}

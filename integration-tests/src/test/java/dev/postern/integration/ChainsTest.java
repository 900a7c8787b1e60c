package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.problem.Code;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hops behind hops, on real servers. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class ChainsTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private String auth = "";

  @BeforeEach
  void authorizeKey() {
    auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void chainsOfAnyLengthListenOnNothing(int hops) throws Exception {
    List<RealSshd> servers = new ArrayList<>();
    try {
      RouteFile route = new RouteFile(folder);
      for (int i = 0; i < hops; i++) {
        servers.add(RealSshd.in(folder).start());
        route.hop(servers.get(i), account.name(), auth);
      }
      List<String> before = OwnSockets.listening();
      try (Postern postern = Postern.load(route.write());
          Circuit circuit = postern.open("it")) {
        assertThat(RemoteCommand.run(circuit, "echo $SSH_CONNECTION").output())
            .endsWith(" " + servers.get(hops - 1).port() + "\n");
        assertThat(OwnSockets.listening()).isEqualTo(before);
      }
    } finally {
      servers.forEach(RealSshd::close);
    }
  }

  @Test
  void aGibibyteArrivesIntact() throws Exception {
    String command = "seq 1000000000 | head -c " + (1L << 30);
    String expected = Commands.run("sh", "-c", command + " | sha256sum").substring(0, 64);
    try (RealSshd first = RealSshd.in(folder).start();
        RealSshd second = RealSshd.in(folder).start();
        Postern postern = Postern.load(twoHops(first, second));
        Circuit circuit = postern.open("it");
        RemoteProcess process = circuit.exec(command)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream output = new DigestInputStream(process.output(), digest)) {
        output.transferTo(OutputStream.nullOutputStream());
      }
      assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
    }
  }

  @Test
  void theInnerNameIsResolvedByTheHop() throws Exception {
    try (RealSshd first = RealSshd.in(folder).start()) {
      Path file =
          new RouteFile(folder)
              .hop(first, account.name(), auth)
              .hop("no-such-name.invalid", 22, "x", auth)
              .write();
      try (Postern postern = Postern.load(file)) {
        assertThatThrownBy(() -> postern.open("it"))
            .isInstanceOfSatisfying(
                CircuitException.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
                  assertThat(failure.hop())
                      .hasValueSatisfying(hop -> assertThat(hop.index()).isEqualTo(2));
                  assertThat(failure).hasMessageContaining("no-such-name.invalid");
                });
      }
    }
  }

  @Test
  void aHopThatForbidsForwardingIsNamed() throws Exception {
    try (RealSshd first = RealSshd.in(folder).option("AllowTcpForwarding", "no").start();
        RealSshd second = RealSshd.in(folder).start();
        Postern postern = Postern.load(twoHops(first, second))) {
      assertThatThrownBy(() -> postern.open("it"))
          .isInstanceOfSatisfying(
              CircuitException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
                assertThat(failure)
                    .hasMessageContaining("hop 1/2 " + account.name() + "@127.0.0.1");
              });
    }
  }

  @Test
  void anUnknownKeyAtTheSecondHopStopsBeforeAnythingIsSentThere() throws Exception {
    try (RealSshd first = RealSshd.in(folder).start();
        RealSshd second = RealSshd.in(folder).start()) {
      Path file =
          new RouteFile(folder)
              .hop(first, account.name(), auth)
              .hop("127.0.0.1", second.port(), account.name(), auth)
              .write();
      try (Postern postern = Postern.load(file)) {
        assertThatThrownBy(() -> postern.open("it"))
            .isInstanceOfSatisfying(
                CircuitException.class,
                failure -> assertThat(failure.code()).isEqualTo(Code.HOST_KEY_UNKNOWN));
      }
      assertThat(second.log()).doesNotContain("Accepted").doesNotContain("userauth");
    }
  }

  @Test
  void circuitsShareTheirFirstHopEvenWhenOpenedAtOnce() throws Exception {
    try (RealSshd first = RealSshd.in(folder).start();
        RealSshd second = RealSshd.in(folder).start();
        Postern postern = Postern.load(twoHops(first, second))) {
      List<CompletableFuture<Circuit>> openings = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        openings.add(postern.openAsync("it"));
      }
      for (CompletableFuture<Circuit> opening : openings) {
        assertThat(RemoteCommand.run(opening.get(), "echo in").output()).isEqualTo("in\n");
      }
      assertThat(first.log()).containsOnlyOnce("Accepted publickey");
      for (CompletableFuture<Circuit> opening : openings) {
        opening.get().close();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(first.log())
                      .containsAnyOf("Disconnected from user", "Connection closed by"));
    }
  }

  @Test
  void fiftyCircuitsTakeAHandfulOfThreads() throws Exception {
    int before = Thread.activeCount();
    try (RealSshd first = RealSshd.in(folder).option("MaxSessions", "100").start();
        RealSshd second = RealSshd.in(folder).option("MaxStartups", "100").start();
        Postern postern = Postern.load(twoHops(first, second))) {
      List<Circuit> circuits = new ArrayList<>(List.of(postern.open("it")));
      int withOne = Thread.activeCount();
      for (int i = 1; i < 50; i++) {
        circuits.add(postern.open("it"));
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(withOne + 6));
      circuits.forEach(Circuit::close);
      assertThat(first.log()).containsOnlyOnce("Accepted publickey");
    }
    // The JDK keeps one timer for all futures of a process, and Awaitility counts as one here.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 2));
  }

  @Test
  void aDeadHopClosesWhatHangsOnIt() throws Exception {
    try (RealSshd first = RealSshd.in(folder).start();
        RealSshd second = RealSshd.in(folder).start();
        Postern postern = Postern.load(twoHops(first, second))) {
      Circuit circuit = postern.open("it");
      first.kill();
      assertThat(circuit.closed().toCompletableFuture().get())
          .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(Code.LINK_LOST));
      assertThat(circuit.isOpen()).isFalse();
    }
  }

  @Test
  void openTcpReachesWhatTheLastHopReaches() throws Exception {
    try (RealSshd first = RealSshd.in(folder).start();
        RealSshd second = RealSshd.in(folder).start();
        Postern postern = Postern.load(twoHops(first, second));
        Circuit circuit = postern.open("it");
        TcpStream stream = circuit.openTcp(new Endpoint("localhost", first.port()))) {
      assertThat(
              new String(stream.input().readNBytes(8), java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("SSH-2.0-");
    }
  }

  private Path twoHops(RealSshd first, RealSshd second) {
    return new RouteFile(folder)
        .hop(first, account.name(), auth)
        .hop(second, account.name(), auth)
        .write();
  }
}

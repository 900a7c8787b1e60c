package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.IoService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and chains against OpenSSH. */
@Timeout(90)
final class OpenSshNestingTest {
  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void setUp() {
    rig = new Rig();
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @Test
  void threeHopsCarryDataWhileAllOfThemExchangeKeysAnew() throws Exception {
    byte[] data = new byte[40 << 20];
    new Random(7).nextBytes(data);
    Path file = directory.resolve("data");
    Files.write(file, data);
    Set<String> before = ProcessSockets.listening();
    try (RealServer one = server("one", "RekeyLimit 3M");
        RealServer two = server("two", "RekeyLimit 4M");
        RealServer three = server("three", "RekeyLimit 5M")) {
      HopSession first = done(open(1, one, Link.dial(Rig.local(one.port()))));
      HopSession second = done(open(2, two, first.link(Rig.local(two.port()))));
      HopSession third = done(open(3, three, second.link(Rig.local(three.port()))));

      try (RemoteProcess cat = done(third.exec("cat '" + file + "'"))) {
        assertThat(Arrays.equals(cat.output().readAllBytes(), data)).isTrue();
      }
      assertThat(ProcessSockets.listening()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curve25519-sha256",
        "ecdh-sha2-nistp256",
        "diffie-hellman-group-exchange-sha256",
        "diffie-hellman-group14-sha256"
      })
  void everyKindOfKeyExchangeProvesTheKey(String algorithm) throws Exception {
    List<ServerKey> seen = new CopyOnWriteArrayList<>();
    rig.offerOnly(algorithm);
    rig.hostKeys = new Seeing(seen);
    try (RealServer server = server("kex", "KexAlgorithms " + algorithm)) {
      done(open(1, server, Link.dial(Rig.local(server.port()))));

      assertThat(rig.trail).anyMatch(entry -> entry.contains("; " + algorithm + ", ssh-ed25519, "));
      assertThat(seen).containsExactly(key(directory.resolve("kex/host_key.pub")));
    }
  }

  @Test
  void aHostCertificateReachesTheVerifierAsItWasSent() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("cert"));
    Path authority = folder.resolve("ca");
    run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", authority.toString());
    List<ServerKey> seen = new CopyOnWriteArrayList<>();
    rig.hostKeys = new Seeing(seen);
    Path certificate = folder.resolve("other_key-cert.pub");
    Path hostKey = folder.resolve("other_key");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString());
    // Neither the name nor the time of this one holds: that is for the verifier to say.
    run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-h",
        "-I",
        "id",
        "-n",
        "elsewhere",
        "-V",
        "20200101:20200102",
        hostKey + ".pub");
    try (RealServer server =
        RealServer.start(folder, "HostKey " + hostKey, "HostCertificate " + certificate)) {
      done(open(1, server, Link.dial(Rig.local(server.port()))));

      assertThat(seen).containsExactly(key(certificate));
    }
  }

  @Test
  void aServerThatForbidsForwardingIsQuoted() throws Exception {
    try (RealServer server = server("strict", "AllowTcpForwarding no")) {
      HopSession outer = done(open(1, server, Link.dial(Rig.local(server.port()))));

      HopFailure failure = failure(open(2, server, outer.link(Rig.local(server.port()))));

      assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
      assertThat(failure.sentence())
          .startsWith("hop 1/3 ")
          .contains(
              " forbids forwarding to 127.0.0.1:" + server.port() + " (it said: \"open failed\")");
      assertThat(outer.isOpen()).isTrue();
    }
  }

  @Test
  void aNameThatTheHopCannotResolveIsTheHopsNews() throws Exception {
    try (RealServer server = server("resolver")) {
      HopSession outer = done(open(1, server, Link.dial(Rig.local(server.port()))));
      Endpoint target = new Endpoint("a".repeat(64) + ".invalid", 22);

      HopFailure failure = failure(open(2, server, outer.link(target)));

      assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
      assertThat(failure.sentence()).contains(" cannot reach " + target + " (it said: \"");
    }
  }

  /** OpenSSH ends the channel then, and closes it only when we do. */
  @Test
  void anEndThatComesBeforeTheNextSessionDoesIsNotLost() throws Exception {
    try (RealServer server = server("one");
        LoopbackTarget closing = LoopbackTarget.serving(socket -> {})) {
      HopSession outer = done(open(1, server, Link.dial(Rig.local(server.port()))));
      HopLink way = (HopLink) outer.link(closing.endpoint());
      HopChannel channel = (HopChannel) done(way.open());
      await().atMost(Duration.ofSeconds(20)).until(channel::isEofSignalled);
      Listening next = new Listening();

      new LinkIoSession(
              new AtomicLong(), mock(IoService.class), next, channel, ForkJoinPool.commonPool())
          .flow(() -> false);

      await().atMost(Duration.ofSeconds(20)).until(() -> !next.failures.isEmpty());
      assertThat(next.failures).containsExactly("the other side closed the connection");
    }
  }

  private RealServer server(String name, String... lines) throws Exception {
    return RealServer.start(Files.createDirectory(directory.resolve(name)), lines);
  }

  private CompletableFuture<HopSession> open(int index, RealServer server, Link link) {
    HopInfo info = new HopInfo(index, 3, System.getProperty("user.name"), Rig.local(server.port()));
    TestIdentity identity = new TestIdentity(server.identity(), false);
    ScriptedEngine engine =
        new ScriptedEngine(
            message ->
                message instanceof ServerMessage.Success
                    ? new ClientMove.SignedIn()
                    : new ClientMove.SignWithKey(identity, identity.keyType()));
    return rig.connect(info, link, engine);
  }

  private static ServerKey key(Path file) throws Exception {
    String[] line = Files.readString(file, UTF_8).split(" ");
    return new ServerKey(line[0], Base64.getDecoder().decode(line[1].strip()));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** Trusts every key, and remembers it. */
  private record Seeing(List<ServerKey> seen) implements HostKeyVerifier {
    @Override
    public String verify(ServerKey key) {
      seen.add(key);
      return "seen";
    }

    @Override
    public List<String> order(HostKeyAlgorithms offered) {
      return Rig.all(offered);
    }
  }
}

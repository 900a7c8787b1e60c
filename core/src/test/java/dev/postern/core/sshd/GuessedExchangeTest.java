package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.memory.Remembered;
import dev.postern.problem.Code;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.server.kex.DHGServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guesses at the key exchange, right and wrong, against OpenSSH and MINA's server. */
@Timeout(60)
final class GuessedExchangeTest {
  private static final String CURVE = "curve25519-sha256";
  private static final String NIST = "ecdh-sha2-nistp256";

  @TempDir Path directory;
  private Rig rig;
  private Remembering memory;

  @BeforeEach
  void setUp() {
    rig = new Rig();
    rig.proposeCurves();
    rig.hostKeys = new Knowing("ssh-ed25519");
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @Test
  void whatAServerProposedIsRemembered() throws Exception {
    memory = new Remembering();
    try (RealServer server = server("KexAlgorithms " + CURVE + "," + NIST)) {
      done(open(server));

      assertThat(memory.recall())
          .contains(new Remembered(CURVE, "ssh-ed25519", Optional.of(AuthMethod.PUBLICKEY), true));
      assertThat(exchanges()).noneMatch(line -> line.contains("guessed"));
    }
  }

  @Test
  void aFirstThatWeWouldNotHaveChosenIsNoGuess() throws Exception {
    memory = new Remembering();
    try (RealServer server = server("KexAlgorithms " + NIST + "," + CURVE)) {
      done(open(server));

      assertThat(memory.recall().map(Remembered::keyExchange)).contains(Remembered.NO_GUESS);
    }
  }

  @Test
  void aRightGuessIsTheExchange() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + CURVE)) {
      done(open(server));

      assertThat(exchanges())
          .singleElement()
          .asString()
          .contains("; curve25519-sha256 (guessed), ssh-ed25519, ");
      assertThat(log()).contains("proposals match").doesNotContain("skipped packet");
    }
  }

  @Test
  void aPostQuantumGuessIsTheExchangeToo() throws Exception {
    String exchange = "sntrup761x25519-sha512@openssh.com";
    rig.offerOnly(exchange);
    memory = Remembering.of(exchange, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + exchange)) {
      HopSession hop = done(open(server));

      assertThat(hop.isOpen()).isTrue();
      assertThat(exchanges()).singleElement().asString().contains("; " + exchange + " (guessed), ");
    }
  }

  @Test
  void aGuessThatIsNotOurFirstIsRightToo() throws Exception {
    memory = Remembering.of(NIST, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST)) {
      done(open(server));

      assertThat(exchanges())
          .singleElement()
          .asString()
          .contains("; ecdh-sha2-nistp256 (guessed), ");
    }
  }

  @Test
  void keysAreExchangedAnewAfterAGuess() throws Exception {
    memory = Remembering.of(NIST, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST, "RekeyLimit 1M")) {
      HopSession hop = done(open(server));

      try (RemoteProcess process = done(hop.exec("head -c 8000000 /dev/zero"))) {
        assertThat(process.output().readAllBytes()).hasSize(8_000_000);
      }
      assertThat(exchanges()).hasSizeGreaterThan(3);
    }
  }

  @Test
  void aServerDropsAGuessThatItDoesNotShare() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST + "," + CURVE)) {
      done(open(server));

      assertThat(exchanges())
          .singleElement()
          .asString()
          .contains("; curve25519-sha256, ssh-ed25519, ");
      assertThat(log()).contains("proposal mismatch").contains("skipped packet");
      assertThat(memory.recall().map(Remembered::keyExchange)).contains(Remembered.NO_GUESS);
    }
  }

  @Test
  void anExchangeThatIsNoLongerKnownIsDroppedToo() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST)) {
      done(open(server));

      assertThat(exchanges()).singleElement().asString().contains("; ecdh-sha2-nistp256, ");
      assertThat(log()).contains("skipped packet");
      assertThat(memory.recall().map(Remembered::keyExchange)).contains(NIST);
    }
  }

  /** The memory is forged, or the server has learned something better since. */
  @Test
  void whatIsRememberedNeverWeakensWhatIsChosen() throws Exception {
    memory = Remembering.of(NIST, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST + "," + CURVE)) {
      done(open(server));

      assertThat(exchanges())
          .singleElement()
          .asString()
          .contains("; curve25519-sha256, ssh-ed25519, ");
      assertThat(rig.trail)
          .contains("1 connect: connecting anew, without a guess at the key exchange");
      assertThat(memory.recall().map(Remembered::keyExchange)).contains(Remembered.NO_GUESS);
    }
  }

  /** A group exchange cannot begin without the server, so it is not put in front either. */
  @Test
  void whatCannotBeGuessedDoesNotLead() throws Exception {
    String group = "diffie-hellman-group-exchange-sha256";
    memory = Remembering.of(group, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + group + "," + CURVE)) {
      done(open(server));

      assertThat(exchanges()).singleElement().asString().contains("; curve25519-sha256, ");
    }
  }

  @Test
  void anotherHostKeyLeadsOnlyWhereItIsKnown() throws Exception {
    Path second = directory.resolve("second_key");
    keygen(second, "ecdsa");
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + CURVE, "HostKey " + second)) {
      rig.hostKeys = new Knowing("ecdsa-sha2-nistp256");
      done(open(server));
      rig.hostKeys = new Knowing("ecdsa-sha2-nistp256", "ssh-ed25519");
      done(open(server));

      assertThat(exchanges()).hasSize(2);
      assertThat(exchanges().get(0)).contains("; curve25519-sha256, ecdsa-sha2-nistp256, ");
      assertThat(exchanges().get(1)).contains("; curve25519-sha256 (guessed), ssh-ed25519, ");
    }
  }

  @Test
  void aKeyThatIsNotTrustedStaysThatWithAGuess() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    rig.hostKeys = new Distrusting();
    try (RealServer server = server("KexAlgorithms " + CURVE)) {
      HopFailure failure = failure(open(server));

      assertThat(failure.code()).isEqualTo(Code.HOST_KEY_CHANGED);
      assertThat(failure.sentence()).isEqualTo("it is another one");
      assertThat(exchanges()).singleElement().asString().contains("(guessed)");
      assertThat(log())
          .doesNotContain("SSH2_MSG_NEWKEYS received")
          .doesNotContain("userauth-request");
      assertThat(memory.recall().map(Remembered::keyExchange)).contains(CURVE);
    }
  }

  @Test
  void aServerThatIsGoneIsNotForgotten() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    RealServer server = server("KexAlgorithms " + CURVE);
    server.close();

    assertThat(failure(open(server)).phase()).isEqualTo(Phase.CONNECT);
    assertThat(memory.recall()).isPresent();
  }

  /** It closes the connection on what it did not expect. */
  @Test
  void aServerThatCannotDoWithGuessesGetsNoMore() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + CURVE);
        FussyRelay relay = new FussyRelay(server.port())) {
      done(open(server, relay.port()));
      assertThat(rig.trail)
          .contains("1 connect: connecting anew, without a guess at the key exchange");
      assertThat(memory.recall()).matches(known -> known.orElseThrow().isAverse());

      rig.trail.clear();
      done(open(server, relay.port()));

      assertThat(exchanges()).singleElement().asString().contains("; curve25519-sha256, ");
      assertThat(memory.recall()).matches(known -> known.orElseThrow().isAverse());
    }
  }

  /** It cannot be connected anew, so only our own first exchange is guessed. */
  @Test
  void aLinkOfAPluginIsNotLedAstray() throws Exception {
    memory = Remembering.of(NIST, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + NIST)) {
      done(open(server, server.port(), stream(server.port())));

      assertThat(exchanges()).singleElement().asString().contains("; ecdh-sha2-nistp256, ");
    }
  }

  @Test
  void aLinkOfAPluginGuessesOurFirst() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + CURVE)) {
      done(open(server, server.port(), stream(server.port())));

      assertThat(exchanges())
          .singleElement()
          .asString()
          .contains("; curve25519-sha256 (guessed), ");
    }
  }

  @Test
  void aLinkOfAPluginFailsOnceOnAServerThatCannotDoWithGuesses() throws Exception {
    memory = Remembering.of(CURVE, "ssh-ed25519");
    try (RealServer server = server("KexAlgorithms " + CURVE);
        FussyRelay relay = new FussyRelay(server.port())) {
      assertThat(failure(open(server, relay.port(), stream(relay.port()))).phase())
          .isEqualTo(Phase.HOST_KEY);
      for (int i = 0; i < 2; i++) {
        done(open(server, relay.port(), stream(relay.port())));
      }
    }
  }

  private static Link stream(int port) throws Exception {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    channel.connect(new InetSocketAddress("127.0.0.1", port)).get();
    return Link.over(channel);
  }

  @Test
  void minasServerTakesAGuessAndDropsAWrongOne() {
    List<KeyExchangeFactory> exchanges =
        NamedFactory.setUpTransformedFactories(
            false,
            List.of(BuiltinDHFactories.ecdhp256, BuiltinDHFactories.curve25519),
            DHGServer::newFactory);
    try (TestServer server = TestServer.start(mina -> mina.setKeyExchangeFactories(exchanges))) {
      rig.memory = Remembering.of(CURVE, "ecdsa-sha2-nistp256");
      rig.hostKeys = new Knowing("ecdsa-sha2-nistp256");
      rig.open(server.port());
      server.mina().setKeyExchangeFactories(exchanges.subList(1, 2));
      rig.memory = Remembering.of(CURVE, "ecdsa-sha2-nistp256");
      rig.open(server.port());

      assertThat(exchanges()).hasSize(2);
      assertThat(exchanges().get(0)).contains("; curve25519-sha256, ");
      assertThat(exchanges().get(1)).contains("; curve25519-sha256 (guessed), ");
    }
  }

  private List<String> exchanges() {
    return rig.trail.stream().filter(entry -> entry.startsWith("1 host-key: SSH-2.0-")).toList();
  }

  private String log() throws Exception {
    return Files.readString(directory.resolve("sshd.log"), UTF_8);
  }

  private RealServer server(String... lines) throws Exception {
    String[] all = Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "LogLevel DEBUG2";
    return RealServer.start(directory, all);
  }

  private CompletableFuture<HopSession> open(RealServer server) {
    return open(server, server.port());
  }

  private CompletableFuture<HopSession> open(RealServer server, int port) {
    return open(server, port, Link.dial(Rig.local(port)));
  }

  private CompletableFuture<HopSession> open(RealServer server, int port, Link link) {
    rig.memory = memory;
    HopInfo info = new HopInfo(1, 1, System.getProperty("user.name"), Rig.local(port));
    TestIdentity identity = new TestIdentity(server.identity(), false);
    ScriptedEngine engine =
        new ScriptedEngine(
            message ->
                message instanceof ServerMessage.Success
                    ? new ClientMove.SignedIn()
                    : new ClientMove.SignWithKey(identity, identity.keyType()));
    return rig.connect(info, link, engine);
  }

  private static void keygen(Path file, String type) throws Exception {
    Process process =
        new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString()).start();
    assertThat(process.waitFor()).isZero();
  }

  private static final class Distrusting implements HostKeyVerifier {
    @Override
    public String verify(ServerKey key) throws HopFailure {
      throw new HopFailure(Code.HOST_KEY_CHANGED, Phase.HOST_KEY, "it is another one");
    }

    @Override
    public List<String> order(HostKeyAlgorithms offered) {
      return List.of("ssh-ed25519");
    }
  }
}

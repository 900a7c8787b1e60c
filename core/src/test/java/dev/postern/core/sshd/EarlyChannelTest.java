package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.secret.SecretValue;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.Ahead;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.memory.Remembered;
import dev.postern.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels that are asked for before the server has let us in, against OpenSSH. */
@Timeout(60)
final class EarlyChannelTest {
  private static final Remembered ALONE =
      new Remembered(Remembered.NO_GUESS, "ssh-ed25519", Optional.of(AuthMethod.PUBLICKEY), true);
  private static final String TUNNEL = "server_input_channel_open: ctype direct-tcpip";
  private static final String SESSION = "server_input_channel_open: ctype session";
  private static final String IGNORE = "Received SSH2_MSG_IGNORE";
  private static final String REFUSED = "dispatch_protocol_error: type 90 ";

  @TempDir Path directory;
  private final Remembering memory = new Remembering();
  private Rig rig;

  @BeforeEach
  void setUp() {
    rig = new Rig();
    rig.proposeCurves();
    rig.memory = memory;
    memory.keep(ALONE);
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @Test
  void theNextHopIsAskedForBeforeTheServersAnswer() throws Exception {
    try (RealServer one = server("one");
        RealServer two = server("two")) {
      rig.ahead = new Ahead.NextHop(Rig.local(two.port()));
      HopSession outer = done(open(1, one, Link.dial(Rig.local(one.port())), waitingFor(TUNNEL)));

      rig.ahead = new Ahead.Nothing();
      HopSession inner = done(open(2, two, outer.link(Rig.local(two.port())), () -> {}));

      assertThat(output(inner, "echo here")).isEqualTo("here\n");
      assertThat(log("one").split(TUNNEL, -1)).hasSize(2);
      assertThat(log("one")).doesNotContain("dispatch_protocol_error");
      assertThat(memory.recall()).contains(ALONE);
    }
  }

  @Test
  void aChannelForAProcessIsAskedForBeforeTheServersAnswer() throws Exception {
    try (RealServer server = server("one")) {
      rig.ahead = new Ahead.Session();
      HopSession hop =
          done(open(1, server, Link.dial(Rig.local(server.port())), waitingFor(SESSION)));

      assertThat(output(hop, "echo first")).isEqualTo("first\n");
      assertThat(output(hop, "echo second")).isEqualTo("second\n");
      assertThat(log("one").split(SESSION, -1)).hasSize(3);
    }
  }

  @Test
  void sftpTakesItToo() throws Exception {
    try (RealServer server = server("one", "Subsystem sftp internal-sftp")) {
      rig.ahead = new Ahead.Session();
      HopSession hop =
          done(open(1, server, Link.dial(Rig.local(server.port())), waitingFor(SESSION)));

      done(hop.sftp()).close();

      assertThat(log("one").split(SESSION, -1)).hasSize(2);
    }
  }

  @Test
  void nothingIsAskedForEarlyWhereItIsNotKnownToBeEnough() throws Exception {
    List<Remembered> unknown =
        List.of(
            new Remembered(
                Remembered.NO_GUESS, "ssh-ed25519", Optional.of(AuthMethod.PUBLICKEY), false),
            new Remembered(
                Remembered.NO_GUESS, "ssh-ed25519", Optional.of(AuthMethod.PASSWORD), true),
            ALONE.withoutOpener());
    rig.ahead = new Ahead.Session();
    try (RealServer server = server("one")) {
      for (Remembered known : unknown) {
        memory.keep(known);
        done(
            open(
                1,
                server,
                Link.dial(Rig.local(server.port())),
                () -> assertThat(log("one")).doesNotContain(SESSION)));
      }
    }
  }

  /** The server wants more than the last time. */
  @Test
  void afterAPartialSuccessItIsAskedForAgain() throws Exception {
    try (RealServer one = server("one", "AuthenticationMethods publickey,publickey");
        RealServer two = server("two")) {
      KeyPair second = newKey();
      Files.writeString(
          directory.resolve("one/authorized_keys"),
          Files.readString(directory.resolve("one/authorized_keys")) + line(second));
      rig.ahead = new Ahead.NextHop(Rig.local(two.port()));
      HopSession outer =
          done(
              open(
                  1,
                  one,
                  Link.dial(Rig.local(one.port())),
                  () -> assertThat(log("one")).contains(REFUSED).doesNotContain(TUNNEL),
                  one.identity(),
                  second));
      assertThat(memory.recall().map(Remembered::alone)).contains(false);

      rig.ahead = new Ahead.Nothing();
      memory.keep(ALONE.withoutOpener());
      HopSession inner = done(open(2, two, outer.link(Rig.local(two.port())), () -> {}));

      assertThat(output(inner, "echo here")).isEqualTo("here\n");
    }
  }

  @Test
  void afterARefusalItIsAskedForAgain() throws Exception {
    try (RealServer server = server("one")) {
      rig.ahead = new Ahead.Session();
      HopSession hop =
          done(
              open(
                  1,
                  server,
                  Link.dial(Rig.local(server.port())),
                  () -> assertThat(log("one")).contains(REFUSED).doesNotContain(SESSION),
                  newKey(),
                  server.identity()));

      assertThat(output(hop, "echo here")).isEqualTo("here\n");
      assertThat(log("one").split(SESSION, -1)).hasSize(2);
    }
  }

  @Test
  void aServerThatForbidsTheEarlyTunnelIsQuotedAsEver() throws Exception {
    try (RealServer one = server("one", "AllowTcpForwarding no")) {
      rig.ahead = new Ahead.NextHop(Rig.local(one.port()));
      HopSession outer = done(open(1, one, Link.dial(Rig.local(one.port())), waitingFor(TUNNEL)));

      rig.ahead = new Ahead.Nothing();
      HopFailure failure = failure(open(2, one, outer.link(Rig.local(one.port())), () -> {}));

      assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
      assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
      assertThat(failure.sentence())
          .contains(
              " forbids forwarding to 127.0.0.1:" + one.port() + " (it said: \"open failed\")");
      assertThat(outer.isOpen()).isTrue();
    }
  }

  @Test
  void aServerThatAllowsNoSessionIsQuotedAsEver() throws Exception {
    try (RealServer one = server("one", "MaxSessions 0")) {
      rig.ahead = new Ahead.Session();
      HopSession hop = done(open(1, one, Link.dial(Rig.local(one.port())), waitingFor(SESSION)));

      HopFailure early = failure(hop.exec("true"));
      HopFailure plain = failure(hop.exec("true"));

      assertThat(early.code()).isEqualTo(plain.code());
      assertThat(early.sentence()).isEqualTo(plain.sentence());
    }
  }

  @Test
  void aTunnelThatNobodyComesForIsClosed() throws Exception {
    rig.connectTimeout = Duration.ofSeconds(2);
    try (RealServer one = server("one");
        RealServer two = server("two")) {
      rig.ahead = new Ahead.NextHop(Rig.local(two.port()));
      HopSession outer = done(open(1, one, Link.dial(Rig.local(one.port())), waitingFor(TUNNEL)));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> log("one").contains("channel 0: free: direct-tcpip"));
      assertThat(outer.isOpen()).isTrue();
    }
  }

  /** What we send is the only thing that has the hop between acknowledge before 40 ms are over. */
  @Test
  void whatAServerBehindAHopSaysWhileWeWaitForMoreIsAcknowledged() throws Exception {
    try (RealServer one = server("one", "LogLevel DEBUG3");
        RealServer two = server("two", "LogLevel DEBUG3")) {
      HopSession outer = done(open(1, one, Link.dial(Rig.local(one.port())), () -> {}));
      rig.ahead = new Ahead.Session();
      HopSession inner = done(open(2, two, outer.link(Rig.local(two.port())), () -> {}));

      assertThat(output(inner, "echo first")).isEqualTo("first\n");
      int asked = count(log("two"), IGNORE);
      assertThat(output(inner, "echo second")).isEqualTo("second\n");

      assertThat(asked).isBetween(1, 8);
      assertThat(count(log("two"), IGNORE)).isEqualTo(asked);
      assertThat(log("one")).doesNotContain(IGNORE);
    }
  }

  /**
   * A server that keeps to the strict key exchange ends a session that says anything else in it.
   */
  @Test
  void inAKeyExchangeTheHopBeforeIsUsedForThat() throws Exception {
    try (RealServer one = server("one", "LogLevel DEBUG3");
        RealServer two = server("two", "LogLevel DEBUG3");
        RealServer three = server("three", "LogLevel DEBUG3", "KexAlgorithms curve25519-sha256")) {
      HopSession first = done(open(1, one, Link.dial(Rig.local(one.port())), () -> {}));
      HopSession second = done(open(2, two, first.link(Rig.local(two.port())), () -> {}));
      assertThat(log("two")).doesNotContain(IGNORE);
      rig.memory = Remembering.of("curve25519-sha256", "ssh-ed25519");
      rig.hostKeys = new Knowing("ssh-ed25519");

      HopSession third = done(open(3, three, second.link(Rig.local(three.port())), () -> {}));

      assertThat(rig.trail).anyMatch(line -> line.startsWith("3 ") && line.contains("(guessed)"));
      assertThat(output(third, "echo here")).isEqualTo("here\n");
      assertThat(count(log("two"), IGNORE)).isEqualTo(1);
      assertThat(log("one") + log("three")).doesNotContain(IGNORE);
    }
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void aChannelThatNobodyRunsSomethingOnIsClosed() throws Exception {
    rig.connectTimeout = Duration.ofSeconds(2);
    try (RealServer server = server("one")) {
      rig.ahead = new Ahead.Session();
      HopSession hop =
          done(open(1, server, Link.dial(Rig.local(server.port())), waitingFor(SESSION)));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> log("one").contains("channel 0: free: server-session"));
      assertThat(output(hop, "echo here")).isEqualTo("here\n");
    }
  }

  /** MINA's server closes the connection on what it does not expect, so it gets nothing early. */
  @Test
  void otherServersAreNotAskedEarly() {
    try (TestServer server = TestServer.start()) {
      rig.ahead = new Ahead.Session();
      memory.keep(
          new Remembered(
              Remembered.NO_GUESS, "ssh-ed25519", Optional.of(AuthMethod.PASSWORD), true));
      ScriptedEngine engine =
          new ScriptedEngine(
              message -> {
                if (message instanceof ServerMessage.Success) {
                  assertThat(server.mina().getActiveSessions())
                      .allMatch(
                          session ->
                              session.getService(ConnectionService.class) == null
                                  || channels(session) == 0);
                  return new ClientMove.SignedIn();
                }
                return new ClientMove.SendPassword(SecretValue.of(TestServer.PASSWORD));
              });
      assertThat(done(rig.dial(server.port(), engine)).isOpen()).isTrue();
    }
  }

  private static int channels(AbstractSession session) {
    return session.getService(ServerConnectionService.class).getChannels().size();
  }

  private interface Check {
    void run() throws Exception;
  }

  /** The engine does not know yet that we are in. */
  private Check waitingFor(String line) {
    return () -> await().atMost(Duration.ofSeconds(20)).until(() -> log("one").contains(line));
  }

  private String log(String name) throws Exception {
    return Files.readString(directory.resolve(name).resolve("sshd.log"), UTF_8);
  }

  private RealServer server(String name, String... lines) throws Exception {
    String[] all = Arrays.copyOf(lines, lines.length + 1);
    // Of what is said twice, the server takes the first.
    all[lines.length] = "LogLevel DEBUG2";
    return RealServer.start(Files.createDirectory(directory.resolve(name)), all);
  }

  private CompletableFuture<HopSession> open(
      int index, RealServer server, Link link, Check beforeWeAreIn, KeyPair... keys) {
    HopInfo info = new HopInfo(index, 2, System.getProperty("user.name"), Rig.local(server.port()));
    Queue<KeyPair> left =
        new ArrayDeque<>(keys.length == 0 ? List.of(server.identity()) : List.of(keys));
    ScriptedEngine engine =
        new ScriptedEngine(
            message -> {
              if (message instanceof ServerMessage.Success) {
                try {
                  beforeWeAreIn.run();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
                return new ClientMove.SignedIn();
              }
              TestIdentity identity = new TestIdentity(left.remove(), false);
              return new ClientMove.SignWithKey(identity, identity.keyType());
            });
    return rig.connect(info, link, engine);
  }

  private static String output(HopSession hop, String command) throws Exception {
    try (RemoteProcess process = done(hop.exec(command))) {
      return new String(process.output().readAllBytes(), UTF_8);
    }
  }

  private static KeyPair newKey() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    return keys.generateKeyPair();
  }

  private static String line(KeyPair pair) {
    return PublicKeyEntry.toString(pair.getPublic()) + "\n";
  }
}

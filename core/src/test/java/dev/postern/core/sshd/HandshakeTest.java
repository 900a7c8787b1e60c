package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HandshakeTest {
  private final ScriptedEngine engine = ScriptedEngine.password(TestServer.PASSWORD);
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
  void aServerThatKeepsSilentRunsIntoTheDeadlineOfTheKeyExchange() throws Exception {
    rig.connectTimeout = Duration.ofMillis(300);
    try (RawServer server = RawServer.silent()) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertFailure(
          failure,
          Code.KEY_EXCHANGE_TIMEOUT,
          "connected, but no key exchange within 300 ms (connect-timeout); the server is"
              + " overloaded, or no SSH server listens there");
      assertNothingLeft(server.port());
    }
  }

  @Test
  void aSilentStreamIsSaidToBeWhatTheTransportGave() throws Exception {
    rig.connectTimeout = Duration.ofMillis(300);
    try (RawServer server = RawServer.silent()) {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      channel.connect(new InetSocketAddress("127.0.0.1", server.port())).get(5, SECONDS);
      HopFailure failure =
          failure(
              rig.connect(
                  Rig.info(1, 1, new Endpoint("behind-a-plugin", 22)), Link.over(channel), engine));

      assertFailure(
          failure,
          Code.KEY_EXCHANGE_TIMEOUT,
          "the transport gave a stream, but no key exchange came of it within 300 ms"
              + " (connect-timeout); check that what it reached leads to an SSH server, and is"
              + " not overloaded");
      assertNothingLeft(server.port());
    }
  }

  @Test
  void aServerThatNeverTakesTheNewKeysIntoUseRunsIntoThatDeadlineToo() throws Exception {
    rig.connectTimeout = Duration.ofMillis(1000);
    try (TestServer server = TestServer.start(mina -> mina.setSessionFactory(stalling(mina)))) {
      assertThat(failure(rig.dial(server.port(), engine)).code())
          .isEqualTo(Code.KEY_EXCHANGE_TIMEOUT);
      assertThat(engine.heard).isEmpty();
    }
  }

  @Test
  void aServerThatHangsUpAtOnceIsClosedInTheHandshake() throws Exception {
    try (RawServer server = RawServer.hangingUpAfter("")) {
      assertFailure(
          failure(rig.dial(server.port(), engine)),
          Code.CLOSED_IN_HANDSHAKE,
          "the server closed the connection during the key exchange; it may be overloaded"
              + " (MaxStartups), or have banned this address for a while");
      assertNothingLeft(server.port());
    }
  }

  @Test
  void aServerThatHangsUpAfterItsVersionIsClosedInTheHandshake() throws Exception {
    try (RawServer server = RawServer.hangingUpAfter("SSH-2.0-Gone\r\n")) {
      assertThat(failure(rig.dial(server.port(), engine)).code())
          .isEqualTo(Code.CLOSED_IN_HANDSHAKE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Exceeded MaxStartups", "Not allowed at this time"})
  void whatOpenSshSaysInPlaceOfItsVersionIsPassedOn(String words) throws Exception {
    try (RawServer server = RawServer.hangingUpAfter(words + "\r\n")) {
      assertFailure(
          failure(rig.dial(server.port(), engine)),
          Code.CLOSED_IN_HANDSHAKE,
          "the server closed the connection and said: \""
              + words
              + "\"; it is overloaded (MaxStartups), or has banned this address for a while");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNoSshServerIsQuotedSanitised(boolean hangUp) throws Exception {
    rig.connectTimeout = Duration.ofMillis(500);
    String words = "HTTP/1.1 400 Bad \u001b[31mRequest\r\n\r\n";
    try (RawServer server = hangUp ? RawServer.hangingUpAfter(words) : RawServer.saying(words)) {
      assertFailure(
          failure(rig.dial(server.port(), engine)),
          Code.PROTOCOL_ERROR,
          "what listens there is not an SSH server: it began with \"HTTP/1.1 400 Bad"
              + " \\x1b[31mRequest\"; check host and port");
    }
  }

  @Test
  void aFloodOfLinesBeforeTheVersionIsCutOff() throws Exception {
    String line = "x".repeat(200) + "\r\n";
    try (RawServer server = RawServer.saying(String.join("", Collections.nCopies(500, line)))) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
      assertThat(failure.sentence()).hasSizeLessThan(250);
    }
  }

  @Test
  void aLineWithoutAnEndIsCutOff() throws Exception {
    try (RawServer server = RawServer.saying("SSH-2.0-" + "y".repeat(100_000))) {
      assertThat(failure(rig.dial(server.port(), engine)).phase()).isEqualTo(Phase.HOST_KEY);
    }
  }

  @Test
  void anOldProtocolVersionIsNamed() throws Exception {
    try (RawServer server = RawServer.saying("SSH-1.5-Ancient\r\n")) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
      assertThat(failure.sentence()).contains("SSH-1.5-Ancient");
    }
  }

  @Test
  void bytesThatAreNoPacketsLeadNowhere() throws Exception {
    try (RawServer server = RawServer.hangingUpAfter("SSH-2.0-Odd\r\n" + "\u00ff".repeat(2000))) {
      assertThat(failure(rig.dial(server.port(), engine)).phase()).isEqualTo(Phase.HOST_KEY);
      assertThat(engine.heard).isEmpty();
      assertThat(engine.isClosedSoon()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_145, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aPacketOfAnImpossibleLengthBreaksTheRules(int length) throws Exception {
    byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();
    String packet = new String(bytes, StandardCharsets.ISO_8859_1) + "\u0004" + "z".repeat(200_000);
    try (RawServer server = RawServer.saying("SSH-2.0-Odd\r\n" + packet)) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertFailure(
          failure,
          Code.PROTOCOL_ERROR,
          "the other side broke the rules of SSH: Invalid packet length: " + length);
      assertNothingLeft(server.port());
    }
  }

  @Test
  void linesWithoutEndBeforeTheVersionAreCutOffEarly() throws Exception {
    try (RawServer server = RawServer.saying("\n".repeat(2_000_000))) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
      assertNothingLeft(server.port());
    }
  }

  @Test
  void noCommonCipherIsSaidWithBothLists() throws Exception {
    try (TestServer server =
        TestServer.start(mina -> mina.setCipherFactories(List.of(BuiltinCiphers.aes128cbc)))) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.NEGOTIATION_FAILED);
      assertThat(failure.sentence())
          .startsWith("no algorithm in common with the server: ")
          .contains("aes128-cbc")
          .contains("aes128-gcm@openssh.com");
    }
  }

  @Test
  void whatWeComplainedOfIsNotHiddenByTheServersAnswerToIt() {
    Symptoms symptoms = new Symptoms();

    symptoms.caught(new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "nonsense"));
    symptoms.disconnected("Protocol error, goodbye");

    assertThat(symptoms.lost().sentence())
        .isEqualTo("the other side broke the rules of SSH: nonsense");
  }

  @Test
  void aServersLastWordsArePassedOnSanitised() throws Exception {
    try (TestServer server =
        TestServer.start(
            mina ->
                mina.addSessionListener(
                    new SessionListener() {
                      @Override
                      public void sessionNegotiationStart(
                          Session session,
                          Map<KexProposalOption, String> client,
                          Map<KexProposalOption, String> serverProposal) {
                        try {
                          session.disconnect(
                              SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS, "too \u202emany");
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      }
                    }))) {
      assertFailure(
          failure(rig.dial(server.port(), engine)),
          Code.CLOSED_IN_HANDSHAKE,
          "the server closed the connection and said: too \\u{202e}many");
    }
  }

  @Test
  void aKeyThatIsNotTrustedEndsItBeforeAnythingIsSaid() throws Exception {
    rig.hostKeys =
        new Verifier(
            key -> {
              throw new HopFailure(
                  Code.HOST_KEY_UNKNOWN, Phase.HOST_KEY, "the key of the server is unknown");
            });
    try (TestServer server = TestServer.start()) {
      assertFailure(
          failure(rig.dial(server.port(), engine)),
          Code.HOST_KEY_UNKNOWN,
          "the key of the server is unknown");
      assertThat(engine.heard).isEmpty();
      assertThat(engine.isClosedSoon()).isTrue();
    }
  }

  @Test
  void aPersonMayLookAtAKeyLongerThanTheDeadlineOfTheKeyExchange() throws Exception {
    rig.connectTimeout = Duration.ofMillis(700);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch decided = new CountDownLatch(1);
    rig.hostKeys =
        new Verifier(
            key -> {
              looking.countDown();
              try {
                decided.await();
              } catch (InterruptedException e) {
                throw new HopFailure(Code.CANCELLED, Phase.HOST_KEY, "cancelled", e);
              }
              return "trusted at last";
            });
    try (TestServer server = TestServer.start()) {
      CompletableFuture<?> opening = rig.dial(server.port(), engine);
      looking.await();
      await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
      assertThat(opening).isNotDone();

      decided.countDown();

      Rig.done(opening);
      assertThat(rig.trail).contains("1 host-key: trusted at last");
    }
  }

  @Test
  void theVerifierSeesTheKeyAsItWasSentAndDecidesTheOrder() throws Exception {
    List<ServerKey> seen = new CopyOnWriteArrayList<>();
    rig.hostKeys =
        new Verifier(
            key -> {
              seen.add(key);
              return "fine";
            });
    try (TestServer server = TestServer.start()) {
      Rig.done(rig.dial(server.port(), engine));

      assertThat(seen).extracting(ServerKey::type).containsExactly("ecdsa-sha2-nistp256");
    }
  }

  @Test
  void theSameKeyIsNotLookedUpAgainWhenKeysAreExchangedAnew() throws Exception {
    List<ServerKey> seen = new CopyOnWriteArrayList<>();
    rig.hostKeys =
        new Verifier(
            key -> {
              seen.add(key);
              return "fine";
            });
    try (TestServer server = TestServer.start()) {
      var session = Rig.done(rig.dial(server.port(), engine));

      server.mina().getActiveSessions().get(0).reExchangeKeys().verify(Duration.ofSeconds(10));

      assertThat(Rig.done(session.exec("on"))).isNotNull();
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void theTrailTellsEveryStep() throws Exception {
    try (TestServer server = TestServer.start()) {
      rig.open(server.port());

      assertThat(rig.trail).hasSize(3);
      assertThat(rig.trail.get(0))
          .matches("1 connect: connected to 127\\.0\\.0\\.1:" + server.port() + " in \\d+ ms");
      assertThat(rig.trail.get(1))
          .startsWith("1 host-key: SSH-2.0-APACHE-SSHD-")
          .endsWith("ecdsa-sha2-nistp256, aes128-gcm@openssh.com");
      assertThat(rig.trail.get(2)).isEqualTo("1 host-key: ecdsa-sha2-nistp256 trusted");
    }
  }

  private static void assertFailure(HopFailure failure, Code code, String sentence) {
    assertThat(failure.sentence()).isEqualTo(sentence);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.phase()).isEqualTo(Phase.HOST_KEY);
  }

  private static void assertNothingLeft(int port) {
    await().until(() -> ProcessSockets.connectedTo(port) == 0);
  }

  private static SessionFactory stalling(SshServer mina) {
    return new SessionFactory(mina) {
      @Override
      protected ServerSessionImpl doCreateSession(IoSession link) throws Exception {
        return new ServerSessionImpl(getServer(), link) {
          private boolean stalled;

          @Override
          protected IoWriteFuture doWritePacket(Buffer buffer) throws IOException {
            stalled |= buffer.array()[buffer.rpos()] == SshConstants.SSH_MSG_NEWKEYS;
            return stalled ? new Swallowed() : super.doWritePacket(buffer);
          }
        };
      }
    };
  }

  private static final class Swallowed extends AbstractIoWriteFuture {
    Swallowed() {
      super("swallowed", null);
      setValue(true);
    }
  }

  /** Asks the test about keys, and keeps the order. */
  private record Verifier(Check check) implements HostKeyVerifier {
    @Override
    public String verify(ServerKey key) throws HopFailure {
      return check.verify(key);
    }

    @Override
    public List<String> order(HostKeyAlgorithms offered) {
      return Rig.all(offered);
    }

    @FunctionalInterface
    private interface Check {
      String verify(ServerKey key) throws HopFailure;
    }
  }
}

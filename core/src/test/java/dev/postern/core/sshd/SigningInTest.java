package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static dev.postern.core.sshd.Rig.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.auth.Identity;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SigningInTest {
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
  void aRefusalNamesTheMethodsThatCanContinue() throws Exception {
    try (TestServer server = TestServer.start()) {
      ScriptedEngine engine =
          new ScriptedEngine(
              message -> {
                if (message instanceof ServerMessage.Ready) {
                  return new ClientMove.AskMethods();
                }
                if (message instanceof ServerMessage.Failure) {
                  return new ClientMove.SendPassword(SecretValue.of(TestServer.PASSWORD));
                }
                return new ClientMove.SignedIn();
              });

      done(rig.dial(server.port(), engine));

      assertThat(engine.heard).hasSize(3);
      assertThat(engine.heard.get(1))
          .isInstanceOfSatisfying(
              ServerMessage.Failure.class,
              failure -> {
                assertThat(failure.methods()).contains("password");
                assertThat(failure.partialSuccess()).isFalse();
              });
      assertThat(engine.heard.get(2)).isEqualTo(new ServerMessage.Success());
      assertThat(engine.isClosedSoon()).isTrue();
    }
  }

  @Test
  void aPasswordIsWipedOnceItWasSent() throws Exception {
    try (TestServer server = TestServer.start()) {
      SecretValue password = SecretValue.of(TestServer.PASSWORD);
      ScriptedEngine engine =
          new ScriptedEngine(
              message ->
                  message instanceof ServerMessage.Success
                      ? new ClientMove.SignedIn()
                      : new ClientMove.SendPassword(password));

      done(rig.dial(server.port(), engine));

      assertThatThrownBy(password::chars).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aNewPasswordIsSentAsAChangeRequest() throws Exception {
    List<String> changes = new CopyOnWriteArrayList<>();
    PasswordAuthenticator expired =
        new PasswordAuthenticator() {
          @Override
          public boolean authenticate(String user, String password, ServerSession session) {
            throw new PasswordChangeRequiredException("expired", "Time for a new one: ", "en");
          }

          @Override
          public boolean handleClientPasswordChangeRequest(
              ServerSession session, String user, String oldPassword, String newPassword) {
            changes.add(oldPassword + " -> " + newPassword);
            return true;
          }
        };
    ScriptedEngine engine =
        new ScriptedEngine(
            message -> {
              if (message instanceof ServerMessage.Ready) {
                return new ClientMove.SendPassword(SecretValue.of("old"));
              }
              if (message instanceof ServerMessage.ChangePassword) {
                return new ClientMove.SendNewPassword(SecretValue.of("old"), SecretValue.of("new"));
              }
              return new ClientMove.SignedIn();
            });
    try (TestServer server = TestServer.start(mina -> mina.setPasswordAuthenticator(expired))) {
      done(rig.dial(server.port(), engine));

      assertThat(changes).containsExactly("old -> new");
      assertThat(engine.heard.get(1))
          .isEqualTo(new ServerMessage.ChangePassword("Time for a new one: "));
    }
  }

  @Test
  void questionsAndAnswersGoThroughInOrder() throws Exception {
    List<String> answers = new CopyOnWriteArrayList<>();
    ScriptedEngine engine =
        new ScriptedEngine(
            message -> {
              if (message instanceof ServerMessage.Ready) {
                return new ClientMove.StartConversation();
              }
              if (message instanceof ServerMessage.InfoRequest) {
                return new ClientMove.SendAnswers(
                    List.of(SecretValue.of("pässword"), SecretValue.of("123456")));
              }
              return new ClientMove.SignedIn();
            });
    try (TestServer server = TestServer.start(mina -> asking(mina, answers))) {
      done(rig.dial(server.port(), engine));

      assertThat(engine.heard.get(1))
          .isEqualTo(
              new ServerMessage.InfoRequest(
                  "round",
                  "please",
                  List.of(
                      new ServerMessage.Question("Password: ", false),
                      new ServerMessage.Question("Code: ", true))));
      assertThat(answers).containsExactly("pässword", "123456");
    }
  }

  @Test
  void aKeyIsProbedThenSignedWith() throws Exception {
    KeyPair pair = ec();
    ScriptedEngine engine = keyEngine(new TestIdentity(pair, false));
    try (TestServer server =
        TestServer.start(
            mina ->
                mina.setPublickeyAuthenticator(
                    (user, key, session) -> key.equals(pair.getPublic())))) {
      done(rig.dial(server.port(), engine));

      assertThat(engine.heard)
          .containsExactly(
              new ServerMessage.Ready(),
              new ServerMessage.KeyAcceptable(),
              new ServerMessage.Success());
    }
  }

  @Test
  void aSignatureThatCannotBeMadeIsTheEnginesBusiness() throws Exception {
    KeyPair pair = ec();
    ScriptedEngine engine = keyEngine(new TestIdentity(pair, true));
    try (TestServer server =
        TestServer.start(mina -> mina.setPublickeyAuthenticator((user, key, session) -> true))) {
      CompletableFuture<HopSession> opening = rig.dial(server.port(), engine);

      failure(opening);

      assertThat(engine.heard)
          .contains(new ServerMessage.Failure(List.of("signing failed: the agent said no"), false));
    }
  }

  @Test
  void aBannerReachesTheEngine() throws Exception {
    ScriptedEngine engine = ScriptedEngine.password(TestServer.PASSWORD);
    try (TestServer server =
        TestServer.start(
            mina -> CoreModuleProperties.WELCOME_BANNER.set(mina, "Authorised use only\n"))) {
      done(rig.dial(server.port(), engine));

      assertThat(engine.banners).containsExactly("Authorised use only\n");
    }
  }

  @Test
  void theDeadlineOfSigningInSaysHowFarItCame() throws Exception {
    rig.authTimeout = Duration.ofMillis(400);
    CountDownLatch reached = new CountDownLatch(1);
    ScriptedEngine engine = ScriptedEngine.blocked(reached);
    try (TestServer server = TestServer.start()) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.AUTH_TIMEOUT);
      assertThat(failure.phase()).isEqualTo(Phase.AUTH);
      assertThat(failure.sentence())
          .isEqualTo(
              "signing in took longer than 400 ms (auth-timeout): waiting for the password to be"
                  + " judged");
      assertThat(engine.isClosedSoon()).isTrue();
      assertThat(engine.interrupted).isTrue();
      assertThat(engine.closedInterrupted).isFalse();
    }
  }

  @Test
  void whatTheEngineDecidesEndsTheHop() throws Exception {
    ScriptedEngine engine =
        new ScriptedEngine(
            message -> {
              throw new HopFailure(Code.AUTH_DENIED, Phase.AUTH, "no more ideas");
            });
    try (TestServer server = TestServer.start()) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.sentence()).isEqualTo("no more ideas");
      assertThat(engine.isClosedSoon()).isTrue();
      await().until(() -> server.mina().getActiveSessions().isEmpty());
    }
  }

  @Test
  void aServerThatHangsUpWhileWeSignInSaysSo() throws Exception {
    ScriptedEngine engine = ScriptedEngine.password("wrong");
    try (TestServer server =
        TestServer.start(
            mina ->
                mina.setPasswordAuthenticator(
                    (user, password, session) -> {
                      session.close(true);
                      return false;
                    }))) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.CLOSED_IN_HANDSHAKE);
      assertThat(failure.phase()).isEqualTo(Phase.AUTH);
      assertThat(failure.sentence())
          .isEqualTo(
              "the server closed the connection while we signed in (waiting for the password to be"
                  + " judged); it may count too many tries, or refuse this user");
    }
  }

  @Test
  void aSuccessThatNobodyAskedForIsHostile() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    ScriptedEngine engine = ScriptedEngine.blocked(reached);
    try (TestServer server = TestServer.start()) {
      CompletableFuture<HopSession> opening = rig.dial(server.port(), engine);
      assertThat(reached.await(10, SECONDS)).isTrue();

      send(server, SshConstants.SSH_MSG_USERAUTH_SUCCESS);

      HopFailure failure = failure(opening);
      assertThat(failure.code()).isEqualTo(Code.AUTH_HOSTILE);
      assertThat(failure.sentence())
          .isEqualTo("the server sent message 52 before it was asked anything");
      assertThat(engine.heard).containsExactly(new ServerMessage.Ready());
    }
  }

  @Test
  void aFloodOfBannersIsHostile() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (TestServer server = TestServer.start()) {
      CompletableFuture<HopSession> opening =
          rig.dial(server.port(), ScriptedEngine.blocked(reached));
      assertThat(reached.await(10, SECONDS)).isTrue();

      for (int i = 0; i < 40; i++) {
        Buffer buffer = message(server, SshConstants.SSH_MSG_USERAUTH_BANNER);
        buffer.putString("buy now");
        buffer.putString("");
        peer(server).writePacket(buffer);
      }

      assertThat(failure(opening).sentence()).isEqualTo("the server sent more than 32 banners");
    }
  }

  @Test
  void moreQuestionsThanAnybodyAsksAreHostile() throws Exception {
    ScriptedEngine engine = new ScriptedEngine(message -> new ClientMove.StartConversation());
    try (TestServer server =
        TestServer.start(
            mina ->
                mina.setUserAuthFactories(
                    List.of(
                        new RawMethod(
                            "keyboard-interactive",
                            session -> {
                              Buffer buffer =
                                  session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST);
                              buffer.putString("");
                              buffer.putString("");
                              buffer.putString("");
                              buffer.putUInt(0x7fffffffL);
                              session.writePacket(buffer);
                            }))))) {
      HopFailure failure = failure(rig.dial(server.port(), engine));

      assertThat(failure.code()).isEqualTo(Code.AUTH_HOSTILE);
      assertThat(failure.sentence())
          .isEqualTo("the server asked 2147483647 questions at once; none was answered");
    }
  }

  @Test
  void anExtensionListWithoutAnEndIsRefused() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (TestServer server = TestServer.start()) {
      CompletableFuture<HopSession> opening =
          rig.dial(server.port(), ScriptedEngine.blocked(reached));
      assertThat(reached.await(10, SECONDS)).isTrue();

      Buffer buffer = message(server, 7);
      buffer.putUInt(0x7fffffffL);
      peer(server).writePacket(buffer);

      HopFailure failure = failure(opening);
      assertThat(failure.code()).isEqualTo(Code.PROTOCOL_ERROR);
      assertThat(failure.sentence())
          .isEqualTo(
              "the other side broke the rules of SSH: more extensions than any honest server has");
    }
  }

  @Test
  void whatComesInOneBreathWithTheSuccessIsForTheNextService() throws Exception {
    try (TestServer server =
        TestServer.start(
            mina ->
                mina.setUserAuthFactories(
                    List.of(
                        new RawMethod(
                            "password",
                            session -> {
                              session.writePacket(
                                  session.createBuffer(SshConstants.SSH_MSG_USERAUTH_SUCCESS));
                              Buffer buffer =
                                  session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                              buffer.putString("hostkeys-00@openssh.com");
                              buffer.putBoolean(false);
                              session.writePacket(buffer);
                            }))))) {
      for (int i = 0; i < 20; i++) {
        HopSession session =
            done(rig.dial(server.port(), ScriptedEngine.password(TestServer.PASSWORD)));
        assertThat(session.isOpen()).isTrue();
      }
    }
  }

  @Test
  void aChannelThatTheServerOpensIsNotTakenUp() throws Exception {
    try (TestServer server = TestServer.start()) {
      HopSession session = rig.open(server.port());

      Buffer buffer = message(server, SshConstants.SSH_MSG_CHANNEL_OPEN);
      buffer.putString("x11");
      buffer.putUInt(7);
      buffer.putUInt(1 << 20);
      buffer.putUInt(1 << 15);
      buffer.putString("127.0.0.1");
      buffer.putUInt(6000);
      peer(server).writePacket(buffer);

      assertThat(done(session.exec("alive"))).isNotNull();
      assertThat(session.isOpen()).isTrue();
    }
  }

  private static ScriptedEngine keyEngine(Identity identity) {
    return new ScriptedEngine(
        message -> {
          if (message instanceof ServerMessage.Ready) {
            return new ClientMove.ProbeKey(identity, identity.keyType());
          }
          if (message instanceof ServerMessage.KeyAcceptable) {
            return new ClientMove.SignWithKey(identity, identity.keyType());
          }
          if (message instanceof ServerMessage.Success) {
            return new ClientMove.SignedIn();
          }
          throw new HopFailure(Code.AUTH_DENIED, Phase.AUTH, "refused");
        });
  }

  private static void asking(SshServer mina, List<String> answers) {
    mina.setKeyboardInteractiveAuthenticator(
        new KeyboardInteractiveAuthenticator() {
          @Override
          public InteractiveChallenge generateChallenge(
              ServerSession session, String user, String language, String submethods) {
            InteractiveChallenge challenge = new InteractiveChallenge();
            challenge.setInteractionName("round");
            challenge.setInteractionInstruction("please");
            challenge.setLanguageTag("");
            challenge.addPrompt("Password: ", false);
            challenge.addPrompt("Code: ", true);
            return challenge;
          }

          @Override
          public boolean authenticate(ServerSession session, String user, List<String> given) {
            answers.addAll(given);
            return true;
          }
        });
  }

  private static KeyPair ec() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static ServerSession peer(TestServer server) {
    return (ServerSession) server.mina().getActiveSessions().get(0);
  }

  private static Buffer message(TestServer server, int command) {
    return peer(server).createBuffer((byte) command);
  }

  private static void send(TestServer server, int command) throws IOException {
    peer(server).writePacket(message(server, command));
  }

  /** A method that says what a test wants, and then nothing. */
  private record RawMethod(String name, Saying saying) implements UserAuthFactory {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public AbstractUserAuth createUserAuth(ServerSession session) {
      return new AbstractUserAuth(name) {
        @Override
        protected Boolean doAuth(Buffer buffer, boolean init) throws Exception {
          saying.say(session);
          return null;
        }
      };
    }

    @FunctionalInterface
    private interface Saying {
      void say(ServerSession session) throws Exception;
    }
  }
}

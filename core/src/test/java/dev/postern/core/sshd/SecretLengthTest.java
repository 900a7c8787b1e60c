package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.SecretValue;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever watches the line counts bytes; they must not tell how long a secret is. */
final class SecretLengthTest {
  private Rig rig;

  @BeforeEach
  void setUp() {
    rig = new Rig();
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "aes128gcm, hmacsha256",
    "aes256ctr, hmacsha256etm",
    "aes256ctr, hmacsha256",
    "cc20p1305_openssh, hmacsha256"
  })
  void passwordsOfAnyUsualLengthLookAlike(BuiltinCiphers cipher, BuiltinMacs mac)
      throws IOException {
    try (TestServer server =
        TestServer.start(
            mina -> {
              mina.setCipherFactories(List.of(cipher));
              mina.setMacFactories(List.of(mac));
              mina.setPasswordAuthenticator((user, password, session) -> true);
            })) {
      assertThat(
              sizes(
                  server,
                  ScriptedEngine.password("x"),
                  ScriptedEngine.password("x".repeat(8)),
                  ScriptedEngine.password("x".repeat(30)),
                  ScriptedEngine.password("x".repeat(60))))
          .hasSize(1);
    }
  }

  @Test
  void aPasswordMuchLongerThanThatTakesMore() throws IOException {
    try (TestServer server =
        TestServer.start(
            mina -> mina.setPasswordAuthenticator((user, password, session) -> true))) {
      assertThat(
              sizes(server, ScriptedEngine.password("x"), ScriptedEngine.password("x".repeat(200))))
          .hasSize(2);
    }
  }

  @Test
  void answersOfAnyUsualLengthLookAlike() throws IOException {
    try (TestServer server =
        TestServer.start(mina -> mina.setKeyboardInteractiveAuthenticator(new Asking()))) {
      assertThat(sizes(server, answering("x"), answering("123456"), answering("x".repeat(90))))
          .hasSize(1);
    }
  }

  /** What the server received, for each engine. */
  private Set<Long> sizes(TestServer server, ScriptedEngine... engines) throws IOException {
    Set<Long> result = new TreeSet<>();
    for (ScriptedEngine engine : engines) {
      try (Relay relay = new Relay(server.port())) {
        done(rig.dial(relay.port(), engine));
        result.add(relay.fromClient());
      }
    }
    return result;
  }

  private static ScriptedEngine answering(String answer) {
    return new ScriptedEngine(
        message -> {
          if (message instanceof ServerMessage.Ready) {
            return new ClientMove.StartConversation();
          }
          return message instanceof ServerMessage.InfoRequest
              ? new ClientMove.SendAnswers(List.of(SecretValue.of(answer)))
              : new ClientMove.SignedIn();
        });
  }

  private static final class Asking implements KeyboardInteractiveAuthenticator {
    @Override
    public InteractiveChallenge generateChallenge(
        ServerSession session, String user, String language, String submethods) {
      InteractiveChallenge challenge = new InteractiveChallenge();
      challenge.setInteractionName("");
      challenge.setInteractionInstruction("");
      challenge.setLanguageTag("");
      challenge.addPrompt("Code: ", false);
      return challenge;
    }

    @Override
    public boolean authenticate(ServerSession session, String user, List<String> answers) {
      return true;
    }
  }
}

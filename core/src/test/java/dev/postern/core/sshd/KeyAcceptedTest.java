package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.Identity;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.session.ServerSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 4252 section 7: what a server says to a key that it would accept. */
final class KeyAcceptedTest {
  private final Rig rig = new Rig();

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @Test
  void theKeyTypeInPlaceOfTheAlgorithmWillDo() throws Exception {
    KeyPair pair = rsa();
    ScriptedEngine engine = engine(new RsaIdentity(pair));
    try (TestServer server = server("ssh-rsa", pair.getPublic())) {
      Rig.failure(rig.dial(server.port(), engine));
      assertThat(engine.heard).contains(new ServerMessage.KeyAcceptable());
    }
  }

  @Test
  void anotherKeyIsHostile() throws Exception {
    KeyPair pair = rsa();
    ScriptedEngine engine = engine(new RsaIdentity(pair));
    try (TestServer server = server("rsa-sha2-512", rsa().getPublic())) {
      assertHostile(Rig.failure(rig.dial(server.port(), engine)));
      assertThat(engine.heard).containsExactly(new ServerMessage.Ready());
    }
  }

  @Test
  void anotherAlgorithmIsHostile() throws Exception {
    KeyPair pair = rsa();
    ScriptedEngine engine = engine(new RsaIdentity(pair));
    try (TestServer server = server("ssh-ed25519", pair.getPublic())) {
      assertHostile(Rig.failure(rig.dial(server.port(), engine)));
    }
  }

  @Test
  void theSignaturesThatTheServerUnderstandsReachTheEngine() throws Exception {
    ScriptedEngine engine = ScriptedEngine.password(TestServer.PASSWORD);
    try (TestServer server = TestServer.start()) {
      Rig.done(rig.dial(server.port(), engine));
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(engine.algorithms).contains("rsa-sha2-512", "rsa-sha2-256"));
    }
  }

  private static void assertHostile(HopFailure failure) {
    assertThat(failure.code()).isEqualTo(Code.AUTH_HOSTILE);
    assertThat(failure.phase()).isEqualTo(Phase.AUTH);
    assertThat(failure.sentence())
        .isEqualTo("the server accepted another key than the one that was offered");
  }

  private static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static ScriptedEngine engine(Identity identity) {
    return new ScriptedEngine(
        message -> {
          if (message instanceof ServerMessage.Ready) {
            return new ClientMove.ProbeKey(identity, "rsa-sha2-512");
          }
          throw new HopFailure(Code.AUTH_DENIED, Phase.AUTH, "enough");
        });
  }

  /** A server that says this to every probe. */
  private static TestServer server(String algorithm, PublicKey key) {
    AbstractUserAuthFactory factory =
        new AbstractUserAuthFactory("publickey") {
          @Override
          public UserAuth createUserAuth(ServerSession session) {
            return new UserAuthPublicKey() {
              @Override
              protected void sendPublicKeyResponse(
                  ServerSession to,
                  String user,
                  String name,
                  PublicKey asked,
                  byte[] blob,
                  int offset,
                  int length,
                  Buffer buffer)
                  throws Exception {
                Buffer answer = to.createBuffer(SshConstants.SSH_MSG_USERAUTH_PK_OK);
                answer.putString(algorithm);
                ByteArrayBuffer encoded = new ByteArrayBuffer();
                encoded.putRawPublicKey(key);
                answer.putBytes(encoded.getCompactData());
                to.writePacket(answer);
              }
            };
          }
        };
    return TestServer.start(
        mina -> {
          mina.setUserAuthFactories(List.of(factory));
          mina.setPublickeyAuthenticator((user, asked, session) -> true);
        });
  }

  private record RsaIdentity(KeyPair pair) implements Identity {
    @Override
    public String keyType() {
      return "ssh-rsa";
    }

    @Override
    public byte[] publicKey() {
      ByteArrayBuffer buffer = new ByteArrayBuffer();
      buffer.putRawPublicKey(pair.getPublic());
      return buffer.getCompactData();
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) {
      throw new AssertionError("nothing is to be signed");
    }

    @Override
    public String description() {
      return "test";
    }
  }
}

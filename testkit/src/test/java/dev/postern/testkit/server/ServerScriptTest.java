package dev.postern.testkit.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Endpoint;
import dev.postern.testkit.server.ServerRound.Ask;
import java.io.IOException;
import java.net.Socket;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a script can say, as MINA's own client meets it. */
final class ServerScriptTest {
  private static final Duration WHILE = Duration.ofMillis(150);

  private final KeyPair key = KeyKind.ECDSA.generate();
  private final SshClient client = SshClient.setUpDefaultClient();
  private final List<PublicKey> seen = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  @BeforeEach
  void startClient() {
    client.setServerKeyVerifier((session, address, shown) -> seen.add(shown));
    client.setUserInteraction(new Answers());
    client.start();
  }

  @AfterEach
  void stopClient() {
    client.stop();
  }

  private ClientSession connect(EmbeddedServer server) throws IOException {
    return client.connect("alice", "127.0.0.1", server.port()).verify(10, SECONDS).getSession();
  }

  private static void signIn(ClientSession session) throws IOException {
    session.auth().verify(10, SECONDS);
  }

  private static List<String> attempts(EmbeddedServer server) {
    return server.attempts().stream().map(Attempt::toString).toList();
  }

  @Test
  void eitherWayLeadsIn() throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.builder("alice")
            .publicKey(key.getPublic())
            .conversation(ServerRound.of(Ask.shown("Code: ", "answer")))
            .or()
            .password("secret")
            .start()) {
      try (ClientSession session = connect(server)) {
        session.addPublicKeyIdentity(key);
        signIn(session);
      }
      try (ClientSession session = connect(server)) {
        session.addPasswordIdentity("wrong");
        session.addPasswordIdentity("secret");
        signIn(session);
      }
      assertThat(attempts(server))
          .containsExactly(
              "publickey of alice: PARTIAL",
              "keyboard-interactive of alice: ACCEPTED",
              "password of alice: REFUSED",
              "password of alice: ACCEPTED");
    }
  }

  @Test
  void aMethodOutOfOrderIsRefused() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").publicKey(key.getPublic()).password("secret").start();
        ClientSession session = connect(server)) {
      client.setUserAuthFactoriesNameList("password");
      session.setUserAuthFactoriesNameList("password");
      session.addPasswordIdentity("secret");
      assertThatThrownBy(() -> signIn(session)).isInstanceOf(IOException.class);
      assertThat(attempts(server)).doesNotContain("password of alice: ACCEPTED");
    }
  }

  /**
   * MINA's client cannot change it without a MAC, and sends the new one twice: auth-password can.
   */
  @Test
  void asksForANewPasswordInPlaceOfAnExpiredOne() throws Exception {
    client.setCipherFactoriesNames("aes256-ctr");
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").expiredPassword("old", "new").start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("old");
      assertThatThrownBy(() -> signIn(session)).isInstanceOf(IOException.class);
      assertThat(changes).containsExactly("Your password has expired.");
      assertThat(server.attempts()).isEmpty();
    }
  }

  @Test
  void takesItsTimeForAVerdictAndBeforeARound() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .conversation(
                    ServerRound.of(Ask.shown("Push? ", "answer")), ServerRound.of().after(WHILE))
                .delay(WHILE)
                .start();
        ClientSession session = connect(server)) {
      Instant begun = Instant.now();
      signIn(session);
      assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(WHILE.plus(WHILE));
    }
  }

  @Test
  void hangsUpBeforeItSaysAnything() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").password("x").hangUp(ServerMoment.CONNECTED).start();
        Socket socket = new Socket("127.0.0.1", server.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void identifiesItselfBeforeItHangsUp() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").password("x").hangUp(ServerMoment.IDENTIFIED).start();
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes());
      assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("SSH-2.0-");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerMoment.class,
      names = {"KEY_EXCHANGE", "KEYS_AGREED"})
  void hangsUpBeforeAnybodySignsIn(ServerMoment moment) throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.builder("alice").password("secret").hangUp(moment).start()) {
      assertThatThrownBy(
              () -> {
                try (ClientSession session = connect(server)) {
                  session.addPasswordIdentity("secret");
                  signIn(session);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(seen).hasSize(moment == ServerMoment.KEYS_AGREED ? 1 : 0);
      assertThat(server.attempts()).isEmpty();
    }
  }

  @Test
  void hangsUpOnWhoHasSignedIn() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .password("secret")
                .hangUp(ServerMoment.SIGNED_IN)
                .start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("secret");
      signIn(session);
      session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED), SECONDS.toMillis(10));
      assertThat(session.isOpen()).isFalse();
    }
  }

  @Test
  void hangsUpInACommand() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .password("secret")
                .hangUp(ServerMoment.COMMAND)
                .start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("secret");
      signIn(session);
      try (ChannelExec channel = session.createExecChannel("halt")) {
        channel.open().verify(10, SECONDS);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SECONDS.toMillis(10));
        assertThat(channel.getExitStatus()).isNull();
      }
      assertThat(server.commands()).containsExactly("halt");
    }
  }

  @Test
  void hangsUpAtAStepWithALastWord() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .publicKey(key.getPublic())
                .password("secret")
                .hangUpAtStep(2)
                .lastWord("come back tomorrow")
                .start();
        ClientSession session = connect(server)) {
      session.addPublicKeyIdentity(key);
      session.addPasswordIdentity("secret");
      assertThatThrownBy(() -> signIn(session)).hasMessageContaining("come back tomorrow");
      assertThat(attempts(server)).containsExactly("publickey of alice: PARTIAL");
    }
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void showsAHostKeyOfTheKindAskedFor(KeyKind kind) throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").password("secret").hostKey(kind).start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("secret");
      signIn(session);
      assertThat(server.knownHostsLine()).endsWith(PublicKeyEntry.toString(seen.get(0)));
      assertThat(server.hostKeyLines()).isEqualTo(server.knownHostsLine() + "\n");
    }
  }

  @Test
  void aUserCertificateOfItsAuthorityLeadsIn() throws Exception {
    CertificateAuthority authority = new CertificateAuthority();
    try (EmbeddedServer server = EmbeddedServer.builder("alice").certificateOf(authority).start()) {
      Instant later = Instant.now().plusSeconds(60);
      assertThat(signsIn(server, authority.userCertificate(key.getPublic(), "alice", later)))
          .isTrue();
      assertThat(signsIn(server, authority.userCertificate(key.getPublic(), "bob", later)))
          .isFalse();
      assertThat(
              signsIn(
                  server,
                  new CertificateAuthority().userCertificate(key.getPublic(), "alice", later)))
          .isFalse();
      Instant past = Instant.now().minusSeconds(60);
      assertThat(signsIn(server, authority.userCertificate(key.getPublic(), "alice", past)))
          .isFalse();
    }
  }

  private boolean signsIn(EmbeddedServer server, String certificate) throws Exception {
    PublicKey parsed =
        PublicKeyEntry.parsePublicKeyEntry(certificate).resolvePublicKey(null, null, null);
    try (ClientSession session = connect(server)) {
      session.addPublicKeyIdentity(new KeyPair(parsed, key.getPrivate()));
      signIn(session);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void showsAHostCertificateOfItsAuthority() throws Exception {
    CertificateAuthority authority = new CertificateAuthority();
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .password("secret")
                .hostKey(KeyKind.ED25519)
                .hostCertificateOf(authority)
                .start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("secret");
      signIn(session);
      assertThat(server.knownHostsLine())
          .isEqualTo(
              "@cert-authority [127.0.0.1]:%d %s"
                  .formatted(server.port(), authority.publicKeyLine()));
      assertThat(seen.get(0)).isInstanceOf(OpenSshCertificate.class);
      PublicKey signer = ((OpenSshCertificate) seen.get(0)).getCaPubKey();
      assertThat(authority.publicKeyLine()).isEqualTo(PublicKeyEntry.toString(signer));
      assertThat(KeyUtils.getKeyType(signer)).isEqualTo("ssh-ed25519");
    }
  }

  @Test
  void writesDownWhereItWasAskedToForward() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").password("secret").withoutForwarding().start();
        ClientSession session = connect(server)) {
      session.addPasswordIdentity("secret");
      signIn(session);
      ChannelDirectTcpip channel =
          session.createDirectTcpipChannel(
              new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("db.internal", 5432));
      assertThatThrownBy(() -> channel.open().verify(10, SECONDS)).isInstanceOf(IOException.class);
      assertThat(server.forwards()).containsExactly(new Endpoint("db.internal", 5432));
    }
  }

  @Test
  void anOpenDoorLetsInItsUserAndNobodyElse() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.builder("alice").openDoor().start()) {
      try (ClientSession session = connect(server)) {
        signIn(session);
      }
      try (ClientSession session =
          client.connect("bob", "127.0.0.1", server.port()).verify(10, SECONDS).getSession()) {
        assertThatThrownBy(() -> signIn(session)).isInstanceOf(IOException.class);
      }
      assertThat(attempts(server)).containsExactly("none of alice: ACCEPTED");
    }
  }

  @Test
  void saysWhatAScriptLacks() {
    assertThatThrownBy(() -> EmbeddedServer.builder("alice").password("x").or().start())
        .hasMessage(
            "nobody can sign in: give the server a password, a public key or a conversation");
    assertThatThrownBy(() -> EmbeddedServer.builder("alice").delay(WHILE))
        .hasMessage("say what is wanted before how long it takes");
    assertThatThrownBy(() -> EmbeddedServer.builder("alice").conversation())
        .hasMessage("a conversation needs a round, if only one of no prompts");
  }

  /** Answers every question with the same word. */
  private final class Answers implements UserInteraction {
    @Override
    public boolean isInteractionAllowed(ClientSession session) {
      return true;
    }

    @Override
    public String[] interactive(
        ClientSession session,
        String name,
        String instruction,
        String language,
        String[] prompts,
        boolean[] echo) {
      String[] answers = new String[prompts.length];
      Arrays.fill(answers, "answer");
      return answers;
    }

    @Override
    public String getUpdatedPassword(ClientSession session, String prompt, String language) {
      changes.add(prompt);
      return null;
    }
  }
}

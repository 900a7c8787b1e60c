package dev.postern.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.testkit.server.ServerRound.Ask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server, as MINA's own client sees it. */
final class EmbeddedServerTest {
  private final SshClient client = SshClient.setUpDefaultClient();
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> banners = new ArrayList<>();
  private PublicKey seen;

  @BeforeEach
  void startClient() {
    client.setServerKeyVerifier(
        (session, address, key) -> {
          seen = key;
          return true;
        });
    client.setUserInteraction(new Script());
    client.start();
  }

  @AfterEach
  void stopClient() {
    client.stop();
  }

  private ClientSession connect(EmbeddedServer server, String user) throws IOException {
    return client.connect(user, "127.0.0.1", server.port()).verify(10, SECONDS).getSession();
  }

  private void signIn(ClientSession session) throws IOException {
    session.auth().verify(10, SECONDS);
  }

  @Test
  void takesTheRightPasswordOfTheRightUser() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.builder("alice").password("secret").start()) {
      try (ClientSession session = connect(server, "alice")) {
        session.addPasswordIdentity("secret");
        signIn(session);
      }
      try (ClientSession session = connect(server, "alice")) {
        session.addPasswordIdentity("wrong");
        assertThatThrownBy(() -> signIn(session)).isInstanceOf(SshException.class);
      }
      try (ClientSession session = connect(server, "bob")) {
        session.addPasswordIdentity("secret");
        assertThatThrownBy(() -> signIn(session)).isInstanceOf(SshException.class);
      }
    }
  }

  @Test
  void wantsItsMethodsOneAfterTheOther() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    try (EmbeddedServer server =
        EmbeddedServer.builder("alice").publicKey(key.getPublic()).password("secret").start()) {
      try (ClientSession session = connect(server, "alice")) {
        session.addPublicKeyIdentity(key);
        session.addPasswordIdentity("secret");
        signIn(session);
      }
      try (ClientSession session = connect(server, "alice")) {
        session.addPasswordIdentity("secret");
        assertThatThrownBy(() -> signIn(session)).isInstanceOf(SshException.class);
      }
    }
  }

  @Test
  void asksRoundAfterRound() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .conversation(
                    new ServerRound(
                        "Sign-in", "First", List.of(Ask.hidden("Password: ", "secret"))),
                    ServerRound.of(Ask.shown("Code: ", "123456"), Ask.hidden("Pin: ", "0000")))
                .start();
        ClientSession session = connect(server, "alice")) {
      answers.addAll(List.of("secret", "123456", "0000"));
      signIn(session);
      assertThat(asked)
          .containsExactly("Sign-in/First/Password: false", "//Code: true", "//Pin: false");
    }
  }

  @Test
  void aWrongAnswerInTheSecondRoundIsRefused() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .conversation(
                    ServerRound.of(Ask.hidden("Password: ", "secret")),
                    ServerRound.of(Ask.hidden("Code: ", "123456")))
                .start();
        ClientSession session = connect(server, "alice")) {
      answers.addAll(List.of("secret", "654321"));
      assertThatThrownBy(() -> signIn(session)).isInstanceOf(SshException.class);
    }
  }

  @Test
  void showsItsBanner() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice").banner("No entry\n").password("secret").start();
        ClientSession session = connect(server, "alice")) {
      session.addPasswordIdentity("secret");
      signIn(session);
      assertThat(banners).containsExactly("No entry\n");
    }
  }

  @Test
  void runsCommandsWithAllStreams() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.builder("alice")
                .password("secret")
                .command(
                    (line, input, output, error) -> {
                      output.write(input.readAllBytes());
                      error.write(line.getBytes(UTF_8));
                      return 7;
                    })
                .start();
        ClientSession session = connect(server, "alice")) {
      session.addPasswordIdentity("secret");
      signIn(session);
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      ByteArrayOutputStream error = new ByteArrayOutputStream();
      try (ChannelExec channel = session.createExecChannel("run it")) {
        channel.setIn(new ByteArrayInputStream("typed".getBytes(UTF_8)));
        channel.setOut(output);
        channel.setErr(error);
        channel.open().verify(10, SECONDS);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SECONDS.toMillis(10));
        assertThat(channel.getExitStatus()).isEqualTo(7);
      }
      assertThat(output).hasToString("typed");
      assertThat(error).hasToString("run it");
    }
  }

  @Test
  void forwardsUnlessToldNotTo() throws Exception {
    try (EmbeddedServer target = EmbeddedServer.builder("x").password("x").start()) {
      try (EmbeddedServer server = EmbeddedServer.builder("alice").password("secret").start();
          ClientSession session = connect(server, "alice")) {
        session.addPasswordIdentity("secret");
        signIn(session);
        try (ChannelDirectTcpip channel = channel(session, target)) {
          channel.open().verify(10, SECONDS);
        }
      }
      try (EmbeddedServer server =
              EmbeddedServer.builder("alice").password("secret").withoutForwarding().start();
          ClientSession session = connect(server, "alice")) {
        session.addPasswordIdentity("secret");
        signIn(session);
        ChannelDirectTcpip channel = channel(session, target);
        assertThatThrownBy(() -> channel.open().verify(10, SECONDS))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static ChannelDirectTcpip channel(ClientSession session, EmbeddedServer target)
      throws IOException {
    return session.createDirectTcpipChannel(
        new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", target.port()));
  }

  @Test
  void isKnownByItsLine() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.builder("alice").password("secret").start();
        ClientSession session = connect(server, "alice")) {
      session.addPasswordIdentity("secret");
      signIn(session);
      assertThat(server.knownHostsLine())
          .isEqualTo("[127.0.0.1]:%d %s".formatted(server.port(), PublicKeyEntry.toString(seen)));
      assertThat(server.endpoint()).hasToString("127.0.0.1:" + server.port());
    }
  }

  @Test
  void dropsItsClientsWhenItCloses() throws Exception {
    EmbeddedServer server = EmbeddedServer.builder("alice").password("secret").start();
    try (ClientSession session = connect(server, "alice")) {
      session.addPasswordIdentity("secret");
      signIn(session);
      server.close();
      assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), 10_000))
          .contains(ClientSession.ClientSessionEvent.CLOSED);
    }
  }

  @Test
  void mustKnowHowToLetSomebodyIn() {
    assertThatThrownBy(() -> EmbeddedServer.builder("alice").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "nobody can sign in: give the server a password, a public key or a conversation");
  }

  /** Answers from the list, and writes down what was asked. */
  private final class Script implements UserInteraction {
    @Override
    public boolean isInteractionAllowed(ClientSession session) {
      return true;
    }

    @Override
    public void welcome(ClientSession session, String banner, String language) {
      banners.add(banner);
    }

    @Override
    public String[] interactive(
        ClientSession session,
        String name,
        String instruction,
        String language,
        String[] prompts,
        boolean[] echo) {
      for (int i = 0; i < prompts.length; i++) {
        asked.add("%s/%s/%s%s".formatted(name, instruction, prompts[i], echo[i]));
      }
      return Arrays.stream(prompts).map(prompt -> answers.poll()).toArray(String[]::new);
    }

    @Override
    public String getUpdatedPassword(ClientSession session, String prompt, String language) {
      return null;
    }
  }
}

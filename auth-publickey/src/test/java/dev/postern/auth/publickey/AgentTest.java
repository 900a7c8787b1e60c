package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's ssh-agent. */
final class AgentTest {
  @TempDir private Path folder;
  private Path socket;
  private Process process;
  private FakeContext context;

  @BeforeEach
  void startAgent() throws Exception {
    Tools.assumeInstalled("ssh-keygen", "ssh-agent", "ssh-add");
    socket = folder.resolve("a.sock");
    context = new FakeContext(folder);
    process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    // It says where it listens once it does.
    assertThat(process.inputReader().readLine()).contains(socket.toString());
  }

  @AfterEach
  void stopAgent() throws Exception {
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void signsWithEveryKindOfKey() throws Exception {
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      Path file = add(Tools.key(folder.resolve(type), "-t", type, "-N", ""));
      Files.delete(file);
    }
    try (AuthStrategy strategy = Settings.files().agent(socket.toString()).strategy(context)) {
      List<Identity> identities = strategy.identities().toList();
      assertThat(identities).hasSize(3);
      for (Identity identity : identities) {
        assertThat(identity.description()).isEqualTo("agent: alice@laptop");
        PublicBlob key = PublicBlob.of(identity.publicKey());
        for (String algorithm : identity.algorithms()) {
          byte[] signature = identity.sign(algorithm, new byte[] {7});
          assertThat(Verifier.verify(key, algorithm, new byte[] {7}, signature)).isTrue();
        }
      }
    }
  }

  @Test
  void offersNamedKeysFirstThenTheAgentsOthers() throws Exception {
    Path file = Tools.ed25519(folder.resolve("file"));
    Path held = Tools.key(folder.resolve("held"), "-t", "ed25519", "-N", "", "-C", "held");
    add(Tools.key(folder.resolve("other"), "-t", "ed25519", "-N", "", "-C", "other"));
    add(held);
    context.environment.put("SSH_AUTH_SOCK", socket.toString());

    Settings settings = Settings.files(file, held).agent(null);
    assertThat(settings.offered(context)).containsExactly("agent: held", "~/file", "agent: other");
    assertThat(settings.identitiesOnly().offered(context)).containsExactly("agent: held", "~/file");
    assertThat(settings.agent("false").offered(context)).containsExactly("~/file", "~/held");
  }

  @Test
  void aPublicKeyFileSelectsItsKey() throws Exception {
    Path held = Tools.key(folder.resolve("held"), "-t", "ed25519", "-N", "", "-C", "held");
    add(held);
    add(Tools.ed25519(folder.resolve("other")));
    Files.delete(held);

    Settings settings = Settings.files(KeyFiles.sibling(held, ".pub")).agent(socket.toString());
    assertThat(settings.identitiesOnly().offered(context)).containsExactly("agent: held");
  }

  @Test
  void anEncryptedFileThatTheAgentHoldsNeedsNoPassphrase() throws Exception {
    Path file = Tools.ed25519(folder.resolve("id"));
    add(file);
    Tools.run(Map.of(), "ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", "" + file);
    try (AuthStrategy strategy = Settings.files(file).agent(socket.toString()).strategy(context)) {
      Identity identity = strategy.identities().findFirst().orElseThrow();
      byte[] signature = identity.sign("ssh-ed25519", new byte[3]);
      assertThat(Verifier.verify(Tools.publicKey(file), "ssh-ed25519", new byte[3], signature))
          .isTrue();
    }
  }

  @Test
  void certificatesInTheAgentAreOfferedBeforeKeys() throws Exception {
    Path authority = Tools.ed25519(folder.resolve("ca"));
    Path file = Tools.ed25519(folder.resolve("id"));
    Tools.run(Map.of(), "ssh-keygen", "-q", "-s", "" + authority, "-I", "a", file + ".pub");
    add(file);
    try (AuthStrategy strategy = Settings.files().agent(socket.toString()).strategy(context)) {
      List<Identity> identities = strategy.identities().toList();
      assertThat(identities)
          .extracting(Identity::keyType)
          .containsExactly("ssh-ed25519-cert-v01@openssh.com", "ssh-ed25519");
      byte[] signature = identities.get(0).sign(identities.get(0).keyType(), new byte[3]);
      assertThat(Verifier.verify(Tools.publicKey(file), "ssh-ed25519", new byte[3], signature))
          .isTrue();
    }
  }

  @Test
  void aKeyRemovedMeanwhileIsARefusalThatNamesTheAgent() throws Exception {
    Path file = add(Tools.ed25519(folder.resolve("id")));
    try (AuthStrategy strategy = Settings.files(file).agent(socket.toString()).strategy(context)) {
      Identity identity = strategy.identities().findFirst().orElseThrow();
      Tools.run(Map.of("SSH_AUTH_SOCK", socket.toString()), "ssh-add", "-q", "-D");

      assertThatThrownBy(() -> identity.sign("ssh-ed25519", new byte[3]))
          .isInstanceOf(IOException.class)
          .hasMessage("the agent '%s': it refused to sign", socket);
    }
  }

  @Test
  void thatIsGoneCountsOnlyWhereItWasAskedFor() throws Exception {
    Path file = Tools.ed25519(folder.resolve("id"));
    Path dead = folder.resolve("dead.sock");
    context.environment.put("SSH_AUTH_SOCK", dead.toString());

    assertThat(Settings.files(file).agent(null).offered(context)).containsExactly("~/id");
    for (String setting : List.of("true", dead.toString())) {
      assertThatThrownBy(() -> Settings.files(file).agent(setting).offered(context))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageStartingWith("the agent '%s': ", dead)
          .hasMessageEndingWith("; start it, or correct the setting agent");
    }
    context.environment.clear();
    assertThatThrownBy(() -> Settings.files(file).agent("true").offered(context))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "agent is true but SSH_AUTH_SOCK is not set; start ssh-agent or name its socket");
  }

  @Test
  void identitiesOnlyOfAnAgentNeedsIdentities() {
    assertThatThrownBy(() -> Settings.files().agent("true").identitiesOnly().strategy(context))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("identities-only leaves no key to offer; name the agent's keys in identities");
  }

  private Path add(Path file) throws Exception {
    Tools.run(Map.of("SSH_AUTH_SOCK", socket.toString()), "ssh-add", "-q", file.toString());
    return file;
  }
}

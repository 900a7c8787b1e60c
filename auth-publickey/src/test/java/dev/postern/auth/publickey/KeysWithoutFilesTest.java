package dev.postern.auth.publickey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeysWithoutFilesTest {
  private static final byte[] DATA = "what the server wants signed".getBytes(UTF_8);

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tools.assumeInstalled("ssh-keygen");
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource({"ed25519, RFC4716", "ecdsa, PEM", "rsa, PKCS8"})
  void signAsTheirFilesWould(String type, String format) throws Exception {
    Path plain = Tools.key(folder.resolve("plain"), "-t", type, "-m", format, "-N", "");
    Path locked =
        Tools.key(folder.resolve("locked"), "-t", type, "-m", format, "-N", "open sesame");

    assertSigns(Settings.keys(text(plain)), Tools.publicKey(plain));
    assertSigns(Settings.keys(text(locked)).passphrase("open sesame"), Tools.publicKey(locked));
  }

  private void assertSigns(Settings settings, PublicBlob expected) throws Exception {
    try (AuthStrategy strategy = settings.strategy(new FakeContext(folder))) {
      Identity identity = strategy.identities().findFirst().orElseThrow();
      assertThat(identity.description()).isEqualTo("keys[0]");
      assertThat(identity.publicKey()).isEqualTo(expected.bytes());
      for (String algorithm : identity.algorithms()) {
        byte[] signature = identity.sign(algorithm, DATA);
        assertThat(Verifier.verify(expected, algorithm, DATA, signature)).as(algorithm).isTrue();
      }
    }
  }

  @Test
  void areOfferedInPlaceOfTheUsualFiles() throws Exception {
    Files.createDirectory(folder.resolve(".ssh"));
    Tools.ed25519(folder.resolve(".ssh/id_ed25519"));
    Path key = Tools.ed25519(folder.resolve("key"));

    assertThat(Settings.keys(text(key)).offered(new FakeContext(folder)))
        .containsExactly("keys[0]");
  }

  @Test
  void thatAreNoKeysAreAnErrorThatDoesNotShowThem() {
    assertThatThrownBy(() -> Settings.keys(Secret.of("hunter2")).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "keys[0] is not a usable key: expected the text of an OpenSSH, PEM or PKCS#8 private key");
  }

  @Test
  void thatCannotBeHadAreAnErrorNamingThem() {
    Secret absent =
        () -> {
          throw new SecretException("the variable DEPLOY_KEY is not set");
        };
    assertThatThrownBy(() -> Settings.keys(absent).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("no private key for keys[0]: the variable DEPLOY_KEY is not set");
  }

  @Test
  void thatAreEncryptedNeedAPassphrase() throws Exception {
    Path locked = Tools.encrypted(folder.resolve("locked"));
    try (AuthStrategy strategy = Settings.keys(text(locked)).strategy(new FakeContext(folder))) {
      Identity identity = strategy.identities().findFirst().orElseThrow();
      assertThatThrownBy(() -> identity.sign("ssh-ed25519", DATA))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessage(
              "the key 'keys[0]' is encrypted and nobody can be asked; configure its passphrase");
    }
  }

  private static Secret text(Path file) throws Exception {
    return Secret.of(Files.readString(file));
  }
}

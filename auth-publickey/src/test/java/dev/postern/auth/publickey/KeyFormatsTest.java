package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFormatsTest {
  private static final byte[] DATA =
      "what the server wants signed".getBytes(StandardCharsets.UTF_8);
  private static final String PASSPHRASE = "grüße, open sesame";

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tools.assumeInstalled("ssh-keygen");
  }

  @ParameterizedTest(name = "{0} {1} in {2}")
  @CsvSource({
    "ed25519, 256, RFC4716",
    "ecdsa, 256, RFC4716",
    "ecdsa, 384, RFC4716",
    "ecdsa, 521, RFC4716",
    "rsa, 2048, RFC4716",
    "ecdsa, 256, PEM",
    "ecdsa, 384, PEM",
    "ecdsa, 521, PEM",
    "rsa, 2048, PEM",
    "ecdsa, 256, PKCS8",
    "ecdsa, 384, PKCS8",
    "ecdsa, 521, PKCS8",
    "rsa, 2048, PKCS8"
  })
  void signsWithPlainAndEncryptedFiles(String type, String bits, String format) throws Exception {
    Path plain = folder.resolve("plain");
    Path locked = folder.resolve("locked");
    Tools.key(plain, "-t", type, "-b", bits, "-m", format, "-N", "");
    Tools.key(locked, "-t", type, "-b", bits, "-m", format, "-N", PASSPHRASE, "-a", "1");

    assertSigns(plain, Tools.publicKey(plain));
    assertSigns(locked, Tools.publicKey(locked));

    PublicBlob expected = Tools.publicKey(locked);
    Files.delete(KeyFiles.sibling(locked, ".pub"));
    Files.delete(KeyFiles.sibling(plain, ".pub"));
    assertSigns(locked, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes128-cbc", "aes192-ctr", "aes256-gcm@openssh.com", "3des-cbc"})
  void opensEveryCipherOfTheOpenSshFormat(String cipher) throws Exception {
    Path file = folder.resolve("id");
    Tools.key(file, "-t", "ed25519", "-Z", cipher, "-N", PASSPHRASE, "-a", "1");

    assertSigns(file, Tools.publicKey(file));
  }

  @Test
  void readsEd25519FromPkcs8AndDerivesItsPublicPart() throws Exception {
    Tools.assumeInstalled("openssl");
    Path file = folder.resolve("id_ed25519");
    byte[] der =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    write(file, "PRIVATE KEY", der);
    Tools.run(
        Map.of(),
        "sh",
        "-c",
        "openssl pkey -in " + file + " -pubout -outform DER > " + file + ".der");
    byte[] spki = Files.readAllBytes(folder.resolve("id_ed25519.der"));
    byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);

    assertSigns(file, PublicBlob.of(new WireWriter().text("ssh-ed25519").string(raw).bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes-256-cbc", "aes-192-cbc", "des-ede3-cbc"})
  void opensPkcs8ThatOpensslEncrypted(String cipher) throws Exception {
    Tools.assumeInstalled("openssl");
    Path plain =
        Tools.key(folder.resolve("plain"), "-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", "");
    Path file = folder.resolve("id");
    Tools.run(
        Map.of("PASS", PASSPHRASE),
        "openssl",
        "pkcs8",
        "-topk8",
        "-v2",
        cipher,
        "-v2prf",
        "hmacWithSHA512",
        "-in",
        plain.toString(),
        "-out",
        file.toString(),
        "-passout",
        "env:PASS");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertSigns(file, Tools.publicKey(plain));
  }

  private void assertSigns(Path file, PublicBlob expected) throws Exception {
    Settings settings = Settings.files(file).passphrase(PASSPHRASE);
    try (AuthStrategy strategy = settings.strategy(new FakeContext(folder));
        Stream<Identity> identities = strategy.identities()) {
      Identity identity = identities.findFirst().orElseThrow();
      assertThat(identity.publicKey()).isEqualTo(expected.bytes());
      assertThat(identity.keyType()).isEqualTo(expected.type());
      assertThat(identity.description()).isEqualTo("~/" + file.getFileName());
      for (String algorithm : identity.algorithms()) {
        byte[] signature = identity.sign(algorithm, DATA);
        assertThat(Verifier.verify(expected, algorithm, DATA, signature)).as(algorithm).isTrue();
      }
    }
  }

  private static void write(Path file, String label, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
  }
}

package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that OpenSSL writes, and those that other hands have been on. */
final class OpensslFilesTest {
  private static final String PASSPHRASE = "open sesame";

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tools.assumeInstalled("ssh-keygen", "openssl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-des3", "-aes128", "-aes192", "-aes256"})
  void traditionalFilesOfEveryCipher(String cipher) throws Exception {
    Path plain =
        Tools.key(folder.resolve("plain"), "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "");
    Path file = openssl(plain, "rsa", "-traditional", cipher);
    assertSigns(file, Tools.publicKey(plain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmacWithSHA1", "hmacWithSHA256"})
  void pkcs8OfEveryDigest(String digest) throws Exception {
    Path plain = Tools.key(folder.resolve("plain"), "-t", "ecdsa", "-m", "PKCS8", "-N", "");
    Path file = openssl(plain, "pkcs8", "-topk8", "-v2", "aes-128-cbc", "-v2prf", digest);
    assertSigns(file, Tools.publicKey(plain));
  }

  @Test
  void encryptedEd25519() throws Exception {
    Path plain = folder.resolve("plain");
    Tools.run(Map.of(), "openssl", "genpkey", "-algorithm", "ed25519", "-out", plain.toString());
    Path file = openssl(plain, "pkcs8", "-topk8", "-v2", "aes-256-cbc");
    try (AuthStrategy strategy =
            Settings.files(file).passphrase(PASSPHRASE).strategy(new FakeContext(folder));
        Stream<Identity> identities = strategy.identities()) {
      Identity identity = identities.findFirst().orElseThrow();
      PublicBlob key = PublicBlob.of(identity.publicKey());
      byte[] signature = identity.sign("ssh-ed25519", new byte[] {7});
      assertThat(Verifier.verify(key, "ssh-ed25519", new byte[] {7}, signature)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RFC4716", "PEM", "PKCS8"})
  void linesThatEndAsOnWindows(String format) throws Exception {
    Path file = Tools.key(folder.resolve("id"), "-t", "ecdsa", "-m", format, "-N", PASSPHRASE);
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
    assertSigns(file, Tools.publicKey(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8 -topk8 -nocrypt", "dsa"})
  void aDsaKeyIsNamed(String form) throws Exception {
    Path file = folder.resolve("dsa");
    String make = "openssl dsaparam -genkey 1024 2>/dev/null | openssl %s -out %s 2>/dev/null";
    Tools.run(Map.of(), "sh", "-c", make.formatted(form, file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    AuthStrategy strategy = Settings.files(file).strategy(new FakeContext(folder));
    assertThatThrownBy(() -> strategy.identities().toList())
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the identity '%s' is not a usable key: servers do not accept DSA keys any more; make another with ssh-keygen",
            file);
  }

  private Path openssl(Path plain, String... words) throws Exception {
    Path file = folder.resolve("id");
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words));
    command.addAll(
        List.of("-in", plain.toString(), "-out", file.toString(), "-passout", "env:PASS"));
    Tools.run(Map.of("PASS", PASSPHRASE), command.toArray(String[]::new));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private void assertSigns(Path file, PublicBlob expected) throws Exception {
    try (AuthStrategy strategy =
            Settings.files(file).passphrase(PASSPHRASE).strategy(new FakeContext(folder));
        Stream<Identity> identities = strategy.identities()) {
      Identity identity = identities.findFirst().orElseThrow();
      assertThat(identity.publicKey()).isEqualTo(expected.bytes());
      for (String algorithm : identity.algorithms()) {
        byte[] signature = identity.sign(algorithm, new byte[] {7});
        assertThat(Verifier.verify(expected, algorithm, new byte[] {7}, signature)).isTrue();
      }
    }
  }
}

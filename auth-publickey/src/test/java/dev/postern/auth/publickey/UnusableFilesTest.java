package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.config.MisconfiguredException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnusableFilesTest {
  @TempDir private Path folder;
  private Path good;

  @BeforeEach
  void makeAGoodKey() throws Exception {
    Tools.assumeInstalled("ssh-keygen");
    good = Tools.ed25519(folder.resolve("good"));
  }

  @Test
  void aMissingFileIsNamedEvenBehindAGoodOne() {
    Path file = folder.resolve("absent");
    assertRefused(
        file, "the identity '%s' does not exist; create it or correct the path".formatted(file));
  }

  @Test
  void aDirectoryIsNamed() throws Exception {
    Path file = Files.createDirectory(folder.resolve("keys"));
    assertRefused(file, "the identity '%s' is a directory; name a file".formatted(file));
  }

  @Test
  void aFileThatOthersCanReadIsNamed() throws Exception {
    Path file = Tools.ed25519(folder.resolve("open"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(
        file,
        "Permissions 0644 for '%s' are too open; the key is accessible by others: chmod 600"
            .formatted(file));
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("notes"), "buy milk\n");
    assertRefused(
        file,
        "the identity '%s' is not a usable key: expected an OpenSSH, PEM or PKCS#8 private key, or a"
                .formatted(file)
            + " public key that an agent holds");
  }

  @Test
  void anEmptyFileIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> Settings.files(file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aHugeFileIsNamed() throws Exception {
    Path file = Files.write(folder.resolve("huge"), new byte[300 * 1024]);
    assertRefused(
        file, "the identity '%s' is larger than any key: name a key file".formatted(file));
  }

  @Test
  void aPuttyKeyIsNamedWithTheWayOut() throws Exception {
    Path file = Files.writeString(folder.resolve("id.ppk"), "PuTTY-User-Key-File-3: ssh-ed25519\n");
    assertRefused(
        file,
        "the identity '%s' is not a usable key: it is a PuTTY key; convert it with puttygen -O"
                .formatted(file)
            + " private-openssh");
  }

  @Test
  void aKeyCutShortAnywhereIsAnErrorAndNothingElse() throws Exception {
    for (String format : new String[] {"RFC4716", "PEM", "PKCS8"}) {
      Path whole = Tools.key(folder.resolve(format), "-t", "ecdsa", "-m", format, "-N", "");
      PemText text = PemText.parse(Files.readAllBytes(whole));
      for (int length = 0; length < text.body().length - 20; length += 3) {
        byte[] cut = Arrays.copyOf(text.body(), length);
        assertThatThrownBy(
                () -> {
                  StoredKey key =
                      format.equals("RFC4716")
                          ? new OpenSshKey(cut)
                          : new PemKeyOf(text.label(), cut).key();
                  key.open(null);
                })
            .isInstanceOf(KeyFormatException.class);
      }
    }
  }

  /** A PEM key from its octets. */
  private record PemKeyOf(String label, byte[] der) {
    StoredKey key() throws KeyFormatException {
      String base64 = Base64.getMimeEncoder().encodeToString(der);
      String pem = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
      return new PemKey(PemText.parse(pem.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  @Test
  void aPublicKeyBesideThatIsOfAnotherKeyIsNamed() throws Exception {
    Path file = Tools.key(folder.resolve("pem"), "-t", "rsa", "-m", "PEM", "-N", "open sesame");
    Files.copy(
        KeyFiles.sibling(good, ".pub"),
        KeyFiles.sibling(file, ".pub"),
        StandardCopyOption.REPLACE_EXISTING);
    var strategy = Settings.files(file).passphrase("open sesame").strategy(new FakeContext(folder));
    var identity = strategy.identities().findFirst().orElseThrow();
    assertThatThrownBy(() -> identity.sign("ssh-ed25519", new byte[1]))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the public key beside '%s' belongs to another key; write it anew with ssh-keygen -y",
            file);
  }

  @Test
  void aPublicKeyFileWithoutAnAgentIsNamed() {
    Path file = KeyFiles.sibling(good, ".pub");
    assertRefused(
        file,
        "'%s' is a public key and no agent holds its private part; add it with ssh-add, or name the"
                .formatted(file)
            + " private key file");
  }

  @Test
  void usualFilesAreOfferedAsFarAsTheyAreThereAndUsable() throws Exception {
    Path ssh = Files.createDirectory(folder.resolve(".ssh"));
    Tools.ed25519(ssh.resolve("id_ed25519"));
    Path broken = Files.writeString(ssh.resolve("id_rsa"), "nothing");
    FakeContext context = new FakeContext(folder);

    assertThat(Settings.files().offered(context)).containsExactly("~/.ssh/id_ed25519");
    assertThat(context.told)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("ignored: the identity '" + broken);
  }

  @Test
  void aUsualFileThatNobodyCanOpenIsLeftOut() throws Exception {
    Path ssh = Files.createDirectory(folder.resolve(".ssh"));
    Tools.encrypted(ssh.resolve("id_ed25519"));

    assertThat(Settings.files().offered(new FakeContext(folder))).isEmpty();
    assertThat(Settings.files().offered(new FakeContext(folder).answering("x")))
        .containsExactly("~/.ssh/id_ed25519");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> Settings.files(good, file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(message);
  }
}

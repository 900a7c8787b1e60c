package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateTest {
  @TempDir private Path folder;
  private Path authority;
  private Path key;

  @BeforeEach
  void makeKeys() throws Exception {
    Tools.assumeInstalled("ssh-keygen");
    authority = Tools.ed25519(folder.resolve("ca"));
    key = Tools.ed25519(folder.resolve("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void besideAKeyIsOfferedBeforeItAndSignsWithIt(String type) throws Exception {
    Path file = Tools.key(folder.resolve(type), "-t", type, "-N", "");
    certify(file, "-V", "-1d:+1d");
    try (AuthStrategy strategy = Settings.files(file).strategy(new FakeContext(folder))) {
      List<Identity> identities = strategy.identities().toList();

      assertThat(identities)
          .extracting(Identity::description)
          .containsExactly("~/" + type + "-cert.pub", "~/" + type);
      Identity certificate = identities.get(0);
      assertThat(certificate.keyType()).endsWith("-cert-v01@openssh.com");
      String algorithm = certificate.algorithms().get(0);
      byte[] signature = certificate.sign(algorithm, new byte[] {1, 2});
      String plain = algorithm.replace("-cert-v01@openssh.com", "");
      assertThat(Verifier.verify(Tools.publicKey(file), plain, new byte[] {1, 2}, signature))
          .isTrue();
    }
  }

  @Test
  void thatIsListedIsFoundWhereverItLies() throws Exception {
    Path moved = Files.move(certify(key, "-V", "always:forever"), folder.resolve("login.pub"));

    assertThat(Settings.files(key).certificates(moved).offered(new FakeContext(folder)))
        .containsExactly("~/login.pub", "~/id");
  }

  @Test
  void besideAKeyIsSkippedOnceItExpired() throws Exception {
    certify(key, "-V", "20200101000000Z:20200102000000Z");

    assertThat(Settings.files(key).offered(new FakeContext(folder))).containsExactly("~/id");
    FakeContext then = new FakeContext(folder).at(Instant.parse("2020-01-01T12:00:00Z"));
    assertThat(Settings.files(key).offered(then)).containsExactly("~/id-cert.pub", "~/id");
  }

  @Test
  void thatIsListedMustBeValidNow() throws Exception {
    Path file = certify(key, "-V", "20200101000000Z:20200102000000Z");

    assertThatThrownBy(
            () -> Settings.files(key).certificates(file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the certificate '%s' is not usable: it expired on 2020-01-02T00:00:00Z", file);
    FakeContext before = new FakeContext(folder).at(Instant.parse("2019-12-31T23:59:59Z"));
    assertThatThrownBy(() -> Settings.files(key).certificates(file).offered(before))
        .hasMessage(
            "the certificate '%s' is not usable: it is not valid before 2020-01-01T00:00:00Z",
            file);
  }

  @Test
  void ofAHostIsNotForSigningIn() throws Exception {
    Path file = certify(key, "-h");

    assertThat(Settings.files(key).offered(new FakeContext(folder))).containsExactly("~/id");
    assertThatThrownBy(
            () -> Settings.files(key).certificates(file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the certificate '%s' is not usable: it is a host certificate, and signing in needs a"
                + " user certificate",
            file);
  }

  @Test
  void thatIsListedMustBelongToAnIdentity() throws Exception {
    Path other = Tools.ed25519(folder.resolve("other"));
    Path file = certify(other, "-V", "-1d:+1d");

    assertThatThrownBy(
            () -> Settings.files(key).certificates(file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "the certificate '%s' belongs to none of the identities; name its key in identities",
            file);
  }

  @Test
  void thatIsListedMustBeACertificate() {
    Path file = KeyFiles.sibling(key, ".pub");

    assertThatThrownBy(
            () -> Settings.files(key).certificates(file).offered(new FakeContext(folder)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the certificate '%s' is not usable: it is a ssh-ed25519 key", file);
  }

  private Path certify(Path file, String... options) throws Exception {
    String[] command = {
      "ssh-keygen", "-q", "-s", authority.toString(), "-I", "alice", "-n", "alice"
    };
    String[] whole = new String[command.length + options.length + 1];
    System.arraycopy(command, 0, whole, 0, command.length);
    System.arraycopy(options, 0, whole, command.length, options.length);
    whole[whole.length - 1] = KeyFiles.sibling(file, ".pub").toString();
    Tools.run(Map.of("TZ", "UTC"), whole);
    return KeyFiles.sibling(file, "-cert.pub");
  }
}

package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevokedKeysTest {
  private static final TestKey KEY = TestKey.ed25519();
  private static final TestKey OTHER = TestKey.ecdsa(256);

  @TempDir Path directory;
  private Path revoked;
  private Rig rig;

  @BeforeEach
  void makeRig() {
    revoked = directory.resolve("revoked");
    rig = new Rig(directory).revoked(revoked).lines("db.internal " + KEY.line());
  }

  private void write(String text) throws Exception {
    Files.writeString(revoked, text);
  }

  private String unusable(String reason) {
    return "PST-H004 The file of revoked keys %s cannot be used (%s), so no host key can be trusted; repair it, or take it out of revoked-host-keys."
        .formatted(revoked, reason);
  }

  @Test
  void aKeyThatIsListedIsRefusedForEveryHostUnderEveryPolicy() throws Exception {
    write("# stolen in May\n\n" + OTHER.line() + "\r\n" + KEY.line() + " root@db");
    String refusal =
        "PST-H003 REVOKED HOST KEY DETECTED! The ED25519 key %s of db.internal is marked as revoked in %s:4; do not connect, ask the host's administrator for its present key."
            .formatted(KEY.fingerprint(), revoked);
    assertThat(rig.refuse(KEY.server())).isEqualTo(refusal);
    assertThat(rig.strict(StrictHostKeys.ACCEPT_NEW).lines("").refuse(KEY.server()))
        .isEqualTo(refusal);
    assertThat(rig.answering("yes").refuse(KEY.server())).isEqualTo(refusal);
    assertThat(rig.questions).isEmpty();
  }

  @Test
  void anyOtherKeyIsGood() throws Exception {
    write(OTHER.line() + "\nsk-ssh-ed25519@openssh.com " + sk() + " a token\n");
    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":1)");
  }

  /** As a key of a token begins on the wire. */
  private static String sk() {
    return Base64.getEncoder()
        .encodeToString(TestKey.join(TestKey.utf8("sk-ssh-ed25519@openssh.com"), new byte[32]));
  }

  @Test
  void aListedAuthorityOrCertificateCounts() throws Exception {
    TestCertificate certificate = new TestCertificate(KEY, OTHER);
    rig.lines("@cert-authority * " + OTHER.line());
    write("");
    assertThat(rig.verify(certificate.server())).contains("certificate");
    write(OTHER.line());
    assertThat(rig.refuse(certificate.server())).startsWith("PST-H003 ");
    write(
        "ssh-ed25519-cert-v01@openssh.com "
            + Base64.getEncoder().encodeToString(certificate.server().blob()));
    assertThat(rig.refuse(certificate.server())).startsWith("PST-H003 ");
  }

  @Test
  void withoutTheFileNothingIsTrusted() throws Exception {
    assertThat(rig.refuse(KEY.server())).isEqualTo(unusable("there is no such file"));
    Files.createDirectory(revoked);
    assertThat(rig.refuse(KEY.server())).isEqualTo(unusable("it is not a regular file"));
  }

  @Test
  void aListInBinaryFormIsRefusedWithWhatToDo() throws Exception {
    write("SSHKRL\n\u0000\u0000\u0000\u0001");
    assertThat(rig.refuse(KEY.server()))
        .isEqualTo(
            unusable(
                "it is a key revocation list in OpenSSH's binary form, which is not supported; list the keys as text, one a line"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh-ed25519",
        "ssh-ed25519 %%%%",
        "ssh-ed25519 AAAA",
        "ssh-rsa KEY",
        "sha256: KEY",
        "@revoked * ssh-ed25519 KEY",
        "ssh-mldsa KEY",
        "x"
      })
  void aLineThatMayHideAKeyMeansThatNothingIsTrusted(String line) throws Exception {
    write("\n" + line.replace("KEY", KEY.line().split(" ")[1]));
    assertThat(rig.refuse(KEY.server())).isEqualTo(unusable("line 2 is not a public key"));
  }

  @Test
  void theNullDeviceListsNothing() throws HopFailure {
    rig.revoked(Path.of("/dev/null"));
    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":1)");
  }
}

package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.StrictHostKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownHostsPolicyTest {
  private static final TestKey KEY = TestKey.ed25519();
  private static final TestKey OTHER = TestKey.ed25519();
  private static final TestKey RSA = TestKey.rsa(2048);
  private static final TestKey WEAK = TestKey.rsa(1024);
  private static final TestKey ECDSA = TestKey.ecdsa(256);

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void makeRig() {
    rig = new Rig(directory);
  }

  @Test
  void anUnknownKeyIsRefusedWithWhatToAdd() {
    assertThat(rig.at("db.internal", 2222).refuse(KEY.server()))
        .isEqualTo(
            "PST-H001 No ED25519 host key is known for [db.internal]:2222 and you have requested strict checking. Its fingerprint is "
                + KEY.fingerprint()
                + ". If the host's administrator confirms it, add to "
                + rig.file
                + ": [db.internal]:2222 "
                + KEY.line());
    assertThat(rig.file).doesNotExist();
  }

  @Test
  void aChangedKeyIsRefusedUnderEveryPolicy() {
    rig.lines("", "db.internal " + OTHER.line()).answering("yes");
    for (StrictHostKeys policy : StrictHostKeys.values()) {
      assertThat(rig.strict(policy).refuse(KEY.server()))
          .isEqualTo(
              "PST-H002 REMOTE HOST IDENTIFICATION HAS CHANGED! db.internal sent the ED25519 key "
                  + KEY.fingerprint()
                  + ", but another one is known: Offending ED25519 key in "
                  + rig.file
                  + ":2. Somebody may be listening in; if the host's administrator confirms the new key, remove that line (ssh-keygen -R 'db.internal' -f '"
                  + rig.file
                  + "') and add: db.internal "
                  + KEY.line());
    }
    assertThat(rig.questions).isEmpty();
  }

  @Test
  void aKeyOfAnotherTypeThanKnownIsAChangedOne() {
    rig.lines("db.internal " + RSA.line(), "db.internal " + ECDSA.line());

    assertThat(rig.strict(StrictHostKeys.ACCEPT_NEW).refuse(KEY.server()))
        .isEqualTo(
            "PST-H002 REMOTE HOST IDENTIFICATION HAS CHANGED! db.internal sent the ED25519 key "
                + KEY.fingerprint()
                + ", but only keys of other types are known for it: RSA key in "
                + rig.file
                + ":1, ECDSA key in "
                + rig.file
                + ":2. Somebody may be listening in; if the host's administrator confirms the new key, add to "
                + rig.file
                + ": db.internal "
                + KEY.line());
  }

  @Test
  void aRevokedKeyIsRefusedWhateverElseIsKnown() throws IOException {
    Path second = directory.resolve("second");
    Files.writeString(second, "@revoked * " + KEY.line() + "\n");
    rig.lines("[db.internal]:22022 " + KEY.line()).files(rig.file, second).at("db.internal", 22022);

    assertThat(rig.refuse(KEY.server()))
        .isEqualTo(
            "PST-H003 REVOKED HOST KEY DETECTED! The ED25519 key "
                + KEY.fingerprint()
                + " of [db.internal]:22022 is marked as revoked in "
                + second
                + ":1; do not connect, ask the host's administrator for its present key.");
  }

  @Test
  void aRevokedKeyIsNeitherAskedAboutNorAdded() {
    rig.lines("@revoked db.internal " + KEY.line()).answering("yes").at("db.internal", 2222);

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H003 ");
    assertThat(rig.strict(StrictHostKeys.ACCEPT_NEW).refuse(KEY.server())).startsWith("PST-H003 ");
    assertThat(rig.questions).isEmpty();
  }

  @Test
  void aRevokedKeyIsFoundBehindLeadingZeros() {
    rig.lines("@revoked * " + RSA.line(), "db.internal " + RSA.line());
    byte[] modulus = RSA.parts()[1];
    byte[] longer = new byte[modulus.length + 1];
    System.arraycopy(modulus, 0, longer, 1, modulus.length);
    byte[] blob = TestKey.join(TestKey.utf8("ssh-rsa"), RSA.parts()[0], longer);

    assertThat(rig.refuse(new ServerKey("ssh-rsa", blob))).startsWith("PST-H003 ");
  }

  @Test
  void allTypesOfKeysAreKnown() throws HopFailure {
    for (TestKey key : new TestKey[] {KEY, RSA, ECDSA, TestKey.ecdsa(384), TestKey.ecdsa(521)}) {
      rig.lines("db.internal " + key.line());
      assertThat(rig.verify(key.server())).contains(" known (");
    }
  }

  @Test
  void aShortRsaKeyIsRefusedThoughKnown() {
    rig.lines("db.internal " + WEAK.line());

    assertThat(rig.refuse(WEAK.server()))
        .isEqualTo(
            "PST-H006 The RSA host key "
                + WEAK.fingerprint()
                + " of db.internal has 1024 bits, expected at least 2048; ask the host's administrator for a better key.");
  }

  @Test
  void keysOfUnknownTypesAndBrokenOnesAreRefused() {
    byte[] dsa = TestKey.join(TestKey.utf8("ssh-dss"), new byte[] {1}, new byte[] {1});
    byte[] hostile = TestKey.join(TestKey.utf8("\u001b[2J"));

    assertThat(rig.refuse(new ServerKey("ssh-dss", dsa)))
        .isEqualTo(
            "PST-H006 The host key of db.internal cannot be used: its type \"ssh-dss\" is not accepted; expected an ED25519, ECDSA or RSA key; ask the host's administrator for one.");
    assertThat(rig.refuse(new ServerKey("ssh-ed25519", hostile)))
        .startsWith("PST-H006 ")
        .contains("\"\\x1b[2J\"");
    assertThat(rig.refuse(new ServerKey("ssh-ed25519", new byte[] {-1, -1, -1, -1, 0})))
        .contains(" cannot be used: it ends too early; ");
    assertThat(
            rig.refuse(
                new ServerKey(
                    "ssh-ed25519", TestKey.join(TestKey.utf8("ssh-ed25519"), new byte[33]))))
        .contains("its point has 33 bytes, not 32");
  }

  @Test
  void whatCannotBeReadIsRefusedUnderEveryPolicy() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));
    Path plain = Files.createFile(directory.resolve("plain"));
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    rig.answering("yes");
    for (StrictHostKeys policy : StrictHostKeys.values()) {
      rig.strict(policy);
      assertThat(rig.files(rig.file, directory).refuse(KEY.server()))
          .isEqualTo(
              "PST-H004 The known_hosts file "
                  + directory
                  + " cannot be read (it is a directory), so no host key can be trusted; repair it, or name another one in known-hosts.");
      assertThat(rig.files(link).refuse(KEY.server()))
          .startsWith("PST-H004 ")
          .contains("(it is a symbolic link to nothing)");
      assertThat(rig.files(link.resolve("known_hosts")).refuse(KEY.server()))
          .startsWith("PST-H004 ")
          .contains("(" + link + " is not a directory)");
      assertThat(rig.files(plain.resolve("known_hosts")).refuse(KEY.server()))
          .startsWith("PST-H004 ");
      assertThat(rig.files(loop).refuse(KEY.server())).startsWith("PST-H004 ");
    }
    assertThat(rig.questions).isEmpty();
  }

  @Test
  void aFileWithoutPermissionIsRefused() throws IOException {
    rig.lines("db.internal " + KEY.line());
    Files.setPosixFilePermissions(rig.file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(rig.file), "root reads every file");

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H004 ").contains("(permission denied)");
  }

  @Test
  void someAreAskedForOnlyOfHostsThatAreKnownByThem() throws HopFailure {
    String certificate = "ecdsa-sha2-nistp384-cert-v01@openssh.com";
    HostKeyAlgorithms offered =
        new HostKeyAlgorithms(
            List.of("ssh-ed25519"),
            List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", certificate));
    assertThat(rig.order(offered)).containsExactly("ssh-ed25519");
    assertThat(rig.lines("db.internal " + ECDSA.line()).order(offered))
        .containsExactly("ecdsa-sha2-nistp256", "ssh-ed25519");
    assertThat(rig.lines("@cert-authority *.internal " + KEY.line()).order(offered))
        .containsExactly(certificate, "ssh-ed25519");
  }

  @Test
  void knownTypesAreAskedForFirst() throws HopFailure {
    String certificate = "ssh-ed25519-cert-v01@openssh.com";
    String[] offered = {
      certificate, "ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256"
    };
    assertThat(rig.order(offered)).containsExactly(offered);
    assertThat(rig.lines("db.internal " + RSA.line()).order(offered))
        .containsExactly(
            "rsa-sha2-512", "rsa-sha2-256", certificate, "ssh-ed25519", "ecdsa-sha2-nistp256");
    assertThat(rig.lines("@revoked db.internal " + RSA.line()).order(offered))
        .containsExactly(offered);
    assertThat(
            rig.lines("@cert-authority *.internal " + KEY.line(), "db.internal " + ECDSA.line())
                .at("db.internal", 2222)
                .order("ssh-ed25519", "ecdsa-sha2-nistp256", "unknown", certificate))
        .containsExactly(certificate, "ecdsa-sha2-nistp256", "ssh-ed25519", "unknown");
  }
}

package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HostCertificateTest {
  private static final TestKey KEY = TestKey.ed25519();
  private static final TestKey AUTHORITY = TestKey.ecdsa(256);
  private static final TestKey OTHER = TestKey.ed25519();
  private static final TestKey RSA = TestKey.rsa(2048);

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void makeRig() {
    rig = new Rig(directory).lines("@cert-authority *.internal " + AUTHORITY.line());
  }

  @Test
  void aGoodCertificateIsTrusted() throws HopFailure {
    assertThat(rig.verify(good().server()))
        .isEqualTo(
            "ED25519 "
                + KEY.fingerprint()
                + " certificate \"db \\x1b[2J key\" serial 7 signed by ECDSA "
                + AUTHORITY.fingerprint()
                + " known ("
                + rig.file
                + ":1)");
    assertThat(rig.at("DB.internal", 2222).verify(good().server())).contains(" certificate ");
  }

  static Stream<TestKey> authorities() {
    return Stream.of(
        TestKey.ed25519(), TestKey.ecdsa(256), TestKey.ecdsa(384), TestKey.ecdsa(521), RSA);
  }

  @ParameterizedTest
  @MethodSource("authorities")
  void everyTypeOfAuthorityIsGood(TestKey authority) throws HopFailure {
    rig.lines("@cert-authority db.internal " + authority.line());
    for (TestKey key : new TestKey[] {KEY, RSA, TestKey.ecdsa(521)}) {
      assertThat(rig.verify(new TestCertificate(key, authority).server())).contains(" serial 7 ");
      assertThat(rig.refuse(new TestCertificate(key, authority).tampered().server()))
          .endsWith(
              " does not hold: its signature is wrong; ask the host's administrator for a new one.");
    }
  }

  @Test
  void theOtherHashOfRsaIsGood() throws HopFailure {
    rig.lines("@cert-authority * " + RSA.line());

    assertThat(rig.verify(new TestCertificate(KEY, RSA).algorithm("rsa-sha2-256").server()))
        .contains(" serial 7 ");
    assertThat(rig.verify(new TestCertificate(KEY, RSA).forEver().server())).contains(" serial 7 ");
    assertThat(rig.verify(new TestCertificate(KEY, RSA).principals("a", "*.INTERNAL").server()))
        .contains(" serial 7 ");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(good().role(1), "it is not a host certificate"),
        Arguments.of(good().role(0), "it is not a host certificate"),
        Arguments.of(good().before("2026-06-01T12:00:00Z"), "it expired at 2026-06-01T12:00:00Z"),
        Arguments.of(
            good().after("2026-06-01T12:00:01Z"), "it is not valid before 2026-06-01T12:00:01Z"),
        Arguments.of(
            good().principals("a.internal", "b"),
            "it is for a.internal, b and not for db.internal"),
        Arguments.of(
            good().principals("[db.internal]:22"),
            "it is for [db.internal]:22 and not for db.internal"),
        Arguments.of(good().principals(), "it names no host"),
        Arguments.of(good().principals(""), "it is for  and not for db.internal"),
        Arguments.of(
            good().criticalOption("force-command"),
            "it has the critical option \"force-command\", which is unknown"),
        Arguments.of(good().tampered(), "its signature is wrong"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aCertificateThatDoesNotHoldIsRefused(TestCertificate certificate, String fault) {
    assertThat(rig.strict(StrictHostKeys.ACCEPT_NEW).refuse(certificate.server()))
        .isEqualTo(
            "PST-H005 The ED25519 host certificate \"db \\x1b[2J key\" (serial 7) of db.internal does not hold: "
                + fault
                + "; ask the host's administrator for a new one.");
  }

  @Test
  void sha1IsRefused() {
    rig.lines("@cert-authority * " + RSA.line());

    assertThat(rig.refuse(new TestCertificate(KEY, RSA).algorithm("ssh-rsa").server()))
        .startsWith("PST-H005 ")
        .contains(" does not hold: its signature is made with SHA-1 (ssh-rsa); ");
  }

  @Test
  void anotherAuthorityIsRefusedUnlessTheKeyItselfIsKnown() throws HopFailure {
    ServerKey certificate = new TestCertificate(KEY, OTHER).server();

    assertThat(rig.strict(StrictHostKeys.ACCEPT_NEW).refuse(certificate))
        .startsWith("PST-H005 ")
        .contains(
            " does not hold: its authority ED25519 "
                + OTHER.fingerprint()
                + " is none of those known, "
                + rig.file
                + ":1; ");
    rig.lines("@cert-authority * " + AUTHORITY.line(), "db.internal " + KEY.line());
    assertThat(rig.verify(certificate)).endsWith(" known (" + rig.file + ":2)");
  }

  @Test
  void withoutAnAuthorityTheKeyInsideCounts() throws HopFailure {
    rig.lines("db.internal " + KEY.line(), "@cert-authority *.example.com " + AUTHORITY.line());

    assertThat(rig.verify(good().server())).endsWith(" known (" + rig.file + ":1)");
    assertThat(rig.lines("db.internal " + OTHER.line()).refuse(good().server()))
        .startsWith("PST-H002 ");
    assertThat(rig.lines("").refuse(good().server())).startsWith("PST-H001 ");
  }

  @Test
  void anAuthorityIsNoHostKey() {
    rig.lines("@cert-authority * " + KEY.line());

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H001 ");
    rig.lines("db.internal " + AUTHORITY.line());
    assertThat(rig.refuse(good().server())).startsWith("PST-H002 ");
  }

  @Test
  void anAuthorityIsNoneForTheHostsThatItsLineExcludes() throws HopFailure {
    rig.lines("@cert-authority *,!db.internal " + AUTHORITY.line());

    assertThat(rig.refuse(good().server())).startsWith("PST-H001 ");
    assertThat(rig.order("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"))
        .containsExactly("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com");
    assertThat(rig.at("other.internal", 2222).verify(good().principals("other.internal").server()))
        .contains(" certificate ");
  }

  @Test
  void aCertificateIsMadeOutToTheAlias() throws HopFailure {
    rig.lines("@cert-authority cluster " + AUTHORITY.line()).at("10.0.0.7", 2222).alias("cluster");

    assertThat(rig.verify(good().principals("cluster").server())).contains(" certificate ");
    assertThat(rig.refuse(good().principals("10.0.0.7").server())).startsWith("PST-H005 ");
  }

  @Test
  void aRevokedKeyOrAuthorityCountsFirst() {
    String authority = "@cert-authority * " + AUTHORITY.line();

    assertThat(rig.lines(authority, "@revoked * " + KEY.line()).refuse(good().server()))
        .startsWith("PST-H003 REVOKED HOST KEY DETECTED! The ED25519 key " + KEY.fingerprint());
    assertThat(rig.lines(authority, "@revoked * " + AUTHORITY.line()).refuse(good().server()))
        .startsWith("PST-H003 REVOKED HOST KEY DETECTED! The ECDSA key " + AUTHORITY.fingerprint());
  }

  @Test
  void shortRsaKeysAreRefused() {
    TestKey weak = TestKey.rsa(1024);
    rig.lines("@cert-authority * " + weak.line(), "@cert-authority * " + AUTHORITY.line());

    assertThat(rig.refuse(new TestCertificate(weak, AUTHORITY).server())).startsWith("PST-H006 ");
    assertThat(rig.refuse(new TestCertificate(KEY, weak).server()))
        .startsWith("PST-H005 ")
        .contains("its authority's key has only 1024 bits");
  }

  @Test
  void aCertificateCutAnywhereIsRefused() {
    ServerKey whole = good().server();
    byte[] blob = whole.blob();
    for (int length = 0; length < blob.length; length++) {
      assertThat(rig.refuse(new ServerKey(whole.type(), Arrays.copyOf(blob, length))))
          .startsWith("PST-H005 The host certificate of db.internal cannot be read: ");
    }
    assertThat(rig.refuse(new ServerKey(whole.type(), Arrays.copyOf(blob, blob.length + 1))))
        .contains(" cannot be read: it goes on after its end; ");
  }

  private static TestCertificate good() {
    return new TestCertificate(KEY, AUTHORITY);
  }
}

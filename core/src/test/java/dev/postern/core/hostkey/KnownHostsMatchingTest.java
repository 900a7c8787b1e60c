package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.HopFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownHostsMatchingTest {
  private static final TestKey KEY = TestKey.ed25519();
  private static final TestKey OTHER = TestKey.ed25519();

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void makeRig() {
    rig = new Rig(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "db.internal db.internal 22",
        "DB.Internal db.internal 22",
        "db.internal DB.INTERNAL 22",
        "a,db.internal,b db.internal 22",
        "*.internal db.internal 22",
        "d?.internal db.internal 22",
        "* db.internal 22",
        "* db.internal 2222",
        "[db.internal]:2222 db.internal 2222",
        "[*.internal]:2222 db.internal 2222",
        "[*]:* db.internal 2222",
        "*,![127.0.0.1]:22022 127.0.0.1 22023",
        "db.internal db.internal 2222",
        "::1 ::1 22",
        "[::1]:2222 ::1 2222",
        "a,,db.internal, db.internal 22",
        "***.*a*l db.internal 22",
      })
  void aLineMatches(String hosts, String host, int port) throws HopFailure {
    rig.lines("# comment", hosts + " " + KEY.line() + " a comment").at(host, port);

    assertThat(rig.verify(KEY.server()))
        .isEqualTo("ED25519 " + KEY.fingerprint() + " known (" + rig.file + ":2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "db.internal db.internal.evil 22",
        "db.internal xdb.internal 22",
        "*,!db.internal db.internal 22",
        "!db.internal,* db.internal 22",
        "!other db.internal 22",
        "*,![127.0.0.1]:22022 127.0.0.1 22022",
        "*,!*]:2222 db.internal 2222",
        "[db.internal]:2222 db.internal 22",
        "[db.internal]:2222 db.internal 2223",
        "[db.internal] db.internal 22",
        "? db.internal 22",
        "d?.internal d.internal 22",
        ", db.internal 22",
        "! db.internal 22",
      })
  void aLineDoesNotMatch(String hosts, String host, int port) {
    rig.lines(hosts + " " + KEY.line()).at(host, port);

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H001 No ED25519 host key is known for ");
  }

  @Test
  void aPatternThatBacktracksIsFast() {
    rig.lines("*a".repeat(5_000) + "b " + KEY.line()).at("a".repeat(200), 22);

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H001 ");
  }

  @Test
  void hashedNamesMatchWithAndWithoutPort() throws Exception {
    rig.lines(
        hashed("db.internal") + " " + KEY.line(), hashed("[db.internal]:2222") + " " + KEY.line());

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":1)");
    assertThat(rig.at("DB.internal", 2222).verify(KEY.server()))
        .endsWith(" known (" + rig.file + ":2)");
    assertThat(rig.at("other", 22).refuse(KEY.server())).startsWith("PST-H001 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|1|!!!!|AAAA KEY",
        "|1|AAAA|AAAA KEY",
        "|1| KEY",
        "|2|AAAA|AAAA KEY",
        "||| KEY",
        "db.internal",
        "db.internal ssh-ed25519",
        "db.internal KEY-AND-A-HALF",
        "db.internal ssh-ed25519 %%%%",
        "db.internal ssh-rsa AAAAC3NzaC1lZDI1NTE5",
        "db.internal 2048 65537 12345678901234567890",
        "db.internal ssh-mldsa65 AAAA",
        "db.internal sk-ssh-ed25519@openssh.com AAAA",
        "db.internal sk-ecdsa-sha2-nistp256@openssh.com KEY",
        "db.internal ssh-dss AAAA",
        "@unknown db.internal KEY",
        "@revoked @cert-authority db.internal KEY",
        "@cert-authority db.internal KEY",
        "#db.internal KEY",
        "@",
        "\u0000\u0001\u0002",
      })
  void aMalformedLineMatchesNothing(String line) {
    rig.lines(line.replace("KEY-AND-A-HALF", KEY.line() + "AAAA").replace("KEY", KEY.line()));

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H001 ");
  }

  @Test
  void aLineOfOneMegabyteIsSkippedAndTheNextIsRead() throws HopFailure {
    String line = "db.internal " + KEY.line() + " ";
    rig.lines(line + "x".repeat(1_000_000), line);

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":2)");
  }

  @Test
  void aMalformedLineOfTheHostIsNamed() throws HopFailure {
    rig.lines(
        "db.internal ssh-ed25519 AAAA", "other ssh-ed25519 AAAA", "db.internal " + KEY.line());

    assertThat(rig.verify(KEY.server()))
        .endsWith(" known (" + rig.file + ":3); skipped as malformed: " + rig.file + ":1");
    assertThat(rig.lines("db.internal ssh-ed25519 AAAA").refuse(KEY.server()))
        .contains("Malformed, so skipped: " + rig.file + ":1.");
  }

  @Test
  void anyOfSeveralKeysOfOneTypeIsGood() throws HopFailure {
    rig.lines("db.internal " + OTHER.line(), "db.internal " + KEY.line());

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":2)");
    assertThat(rig.verify(OTHER.server())).endsWith(" known (" + rig.file + ":1)");
  }

  @Test
  void aKeyWithoutPortIsNoGoodWhereAnotherIsKnownWithThePort() {
    rig.lines("db.internal " + KEY.line(), "[db.internal]:2222 " + OTHER.line());

    assertThat(rig.at("db.internal", 2222).refuse(KEY.server())).startsWith("PST-H002 ");
  }

  @Test
  void anotherKeyWithoutPortDoesNotMakeItAChangedOne() {
    rig.lines("db.internal " + OTHER.line());

    assertThat(rig.at("db.internal", 2222).refuse(KEY.server()))
        .startsWith("PST-H001 No ED25519 host key is known for [db.internal]:2222 and ");
  }

  @Test
  void aRevocationWithoutPortHoldsOnEveryPort() {
    rig.lines("@revoked db.internal " + KEY.line(), "[db.internal]:2222 " + KEY.line());

    assertThat(rig.at("db.internal", 2222).refuse(KEY.server())).startsWith("PST-H003 ");
  }

  @Test
  void theAliasReplacesNameAndPort() throws HopFailure {
    rig.lines("orders " + KEY.line()).at("127.0.0.1", 40_022).alias("Orders");

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":1)");
  }

  @Test
  void theTargetsKeyIsNotTheBastions() {
    rig.lines("bastion " + KEY.line(), "target " + OTHER.line());

    assertThat(rig.at("bastion", 22).refuse(OTHER.server())).startsWith("PST-H002 ");
    assertThat(rig.at("target", 22).refuse(KEY.server())).startsWith("PST-H002 ");
  }

  @Test
  void windowsLineEndsAndAMissingLastOneAreFine() throws HopFailure {
    rig.content("a " + OTHER.line() + "\r\ndb.internal " + KEY.line() + "\r");

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a b",
        "a,b",
        "#a",
        "a#",
        "|1|a",
        "*",
        "a*",
        "!a",
        "?",
        "a\\b",
        "-a",
        "@a",
        "a\tb",
        "a\u0000",
        "a\u202eb",
        "[a]",
        "a'b"
      })
  void aNameThatWouldMeanSomethingElseIsNeverLookedUp(String name) {
    rig.lines("* " + KEY.line()).at(name, 22);

    assertThat(rig.refuse(KEY.server()))
        .startsWith("PST-H001 The host name \"")
        .endsWith(
            "\" cannot be looked up in known_hosts; expected a name or an address of letters, digits and .-_:%; correct it in the configuration.")
        .doesNotContain("\n");
  }

  @Test
  void anAliasIsCheckedToo() {
    rig.lines("* " + KEY.line()).alias("a b");

    assertThat(rig.refuse(KEY.server())).startsWith("PST-H001 The host-key-alias \"a b\" cannot ");
  }

  private static String hashed(String name) throws Exception {
    byte[] salt = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    Base64.Encoder encoder = Base64.getEncoder();
    return "|1|" + encoder.encodeToString(salt) + "|" + encoder.encodeToString(hash);
  }

  @Test
  void keysOfTokensStandBesideTheHostsOwnUnnoticed() throws HopFailure {
    rig.lines("db.internal sk-ssh-ed25519@openssh.com AAAA", "db.internal " + KEY.line());

    assertThat(rig.verify(KEY.server())).endsWith(" known (" + rig.file + ":2)");
    assertThat(rig.refuse(OTHER.server())).startsWith("PST-H002 ");
  }

  @Test
  void lettersOutsideAsciiAreThemselves() throws HopFailure {
    rig.lines("bank.example " + KEY.line(), "BÜCHER.example " + OTHER.line());

    assertThat(rig.at("ban\u212a.example", 22).refuse(KEY.server())).startsWith("PST-H001 ");
    assertThat(rig.at("BANK.example", 22).verify(KEY.server())).contains(" known ");
    assertThat(rig.at("BÜCHER.EXAMPLE", 22).verify(OTHER.server())).contains(" known ");
    assertThat(rig.at("bücher.example", 22).refuse(OTHER.server())).startsWith("PST-H001 ");
  }
}

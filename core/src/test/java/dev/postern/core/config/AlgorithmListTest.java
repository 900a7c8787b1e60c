package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Proposal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlgorithmListTest {
  private static final List<String> USUAL = Proposal.USUAL.macs();

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void withoutAnythingItIsTheUsual() {
    assertThat(AlgorithmList.MACS.chosen(Optional.empty())).isEqualTo(USUAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hmac-sha2-512|hmac-sha2-512",
        "hmac-sha2-512 , hmac-sha2-256,hmac-sha2-512|hmac-sha2-512,hmac-sha2-256",
        "hmac-sha1|hmac-sha1",
        "+hmac-sha1|hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1",
        "^hmac-sha2-512|hmac-sha2-512,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256",
        "-hmac-sha2-256|hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-512",
        "-*-etm@openssh.com,hmac-sha2-25?|hmac-sha2-512",
        "-hmac-md5|hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512"
      })
  void itIsWrittenAsInSshConfig(String written, String chosen) {
    assertThat(AlgorithmList.MACS.chosen(written)).containsExactly(chosen.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hmac-sha2-265|there is no MAC 'hmac-sha2-265'. Did you mean 'hmac-sha2-256'?",
        "-hmac-sha2-265|there is no MAC 'hmac-sha2-265'. Did you mean 'hmac-sha2-256'?",
        "+hmac-md5|'hmac-md5' is too weak to be offered",
        "-*|this leaves no MAC to offer",
        "''|there is no MAC ''. Known: hmac-sha2-256-etm@openssh.com,"
            + " hmac-sha2-512-etm@openssh.com, hmac-sha2-256, hmac-sha2-512,"
            + " hmac-sha1-etm@openssh.com, hmac-sha1",
        "-.*|there is no MAC '.*'. Known: hmac-sha2-256-etm@openssh.com,"
            + " hmac-sha2-512-etm@openssh.com, hmac-sha2-256, hmac-sha2-512,"
            + " hmac-sha1-etm@openssh.com, hmac-sha1"
      })
  void whatCannotBeMeantIsRefused(String written, String message) {
    assertThatThrownBy(() -> AlgorithmList.MACS.chosen(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssh-ed25519|ssh-ed25519|",
        "ecdsa-sha2-nistp256|ecdsa-sha2-nistp256|",
        "-*-cert-v01@openssh.com|ssh-ed25519,rsa-sha2-512,rsa-sha2-256|ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
        "-*-cert-*,ecdsa-*,rsa-*|ssh-ed25519|",
        "+ecdsa-sha2-nistp256|USUAL,ecdsa-sha2-nistp256|CERTIFIED,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
        "^ecdsa-sha2-nistp256|ecdsa-sha2-nistp256,USUAL|CERTIFIED,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
      })
  void whatIsOfferedToKnownHostsAloneIsWrittenLikewise(
      String written, String always, @Nullable String ifKnown) {
    HostKeyAlgorithms chosen = AlgorithmList.hostKeys(Optional.of(written));

    assertThat(chosen.always()).containsExactly(names(always));
    assertThat(chosen.ifKnown()).containsExactly(names(ifKnown));
  }

  private static String[] names(@Nullable String text) {
    HostKeyAlgorithms usual = HostKeyAlgorithms.USUAL;
    return text == null
        ? new String[0]
        : text.replace("USUAL", String.join(",", usual.always()))
            .replace("CERTIFIED", String.join(",", usual.ifKnown().subList(0, 3)))
            .split(",");
  }

  @Test
  void aWrongNameIsReportedWhereItStandsAndOnce() {
    assertThat(
            book.problems(
                """
                postern {
                  defaults.ciphers = "aes128-gmc@openssh.com"
                  routes.one {
                    kex = "+diffie-hellman-group1-sha1"
                    hops = [ { host = a, window = 4, auth = [] }, { host = b, macs = [], auth = [] } ]
                  }
                }
                """))
        .containsExactly(
            "postern.conf:2: defaults.ciphers: there is no cipher 'aes128-gmc@openssh.com'. Did you"
                + " mean 'aes128-gcm@openssh.com'? [PST-C003]",
            "postern.conf:4: routes.one.kex: 'diffie-hellman-group1-sha1' is too weak to be offered"
                + " [PST-C003]",
            "postern.conf:5: routes.one.hops[0].window: expected a size from 128 KiB to 64 MiB,"
                + " with its unit, such as \"4 MiB\" [PST-C003]",
            "postern.conf:5: routes.one.hops[1].macs: expected a string, found a list [PST-C003]");
  }

  @Test
  void theNearerCounts() {
    Proposal proposal =
        book.load(
                """
                postern {
                  defaults { ciphers = aes256-ctr, window = 1 MiB, kex = curve25519-sha256 }
                  routes.one { ciphers = "+aes128-cbc", hops = [ { host = a, user = u, auth = [], window = 512K } ] }
                }
                """)
            .plan("one")
            .hops()
            .get(0)
            .policy()
            .proposal();

    assertThat(proposal.kex()).containsExactly("curve25519-sha256");
    assertThat(proposal.ciphers()).hasSize(7).endsWith("aes128-cbc").contains("aes128-ctr");
    assertThat(proposal.window()).hasValue(512 * 1024);
  }
}

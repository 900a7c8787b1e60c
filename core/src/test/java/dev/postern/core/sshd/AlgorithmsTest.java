package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is proposed to a server when nothing is said. */
final class AlgorithmsTest {
  @BeforeAll
  static void register() {
    JdkEd25519.register();
  }

  @Test
  void keysAreExchangedPostQuantumFirst() {
    assertThat(names(Algorithms.keyExchanges()))
        .containsExactly(
            "mlkem768x25519-sha256",
            "sntrup761x25519-sha512",
            "sntrup761x25519-sha512@openssh.com",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "diffie-hellman-group-exchange-sha256",
            "diffie-hellman-group16-sha512",
            "diffie-hellman-group18-sha512",
            "diffie-hellman-group14-sha256");
  }

  @Test
  void ciphersAreThoseThatTheProcessorHelpsWithFirst() {
    assertThat(names(Algorithms.ciphers()))
        .containsExactly(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "aes256-ctr",
            "aes192-ctr",
            "aes128-ctr",
            "chacha20-poly1305@openssh.com");
  }

  @Test
  void ed25519IsAmongTheHostKeys() {
    assertThat(names(Algorithms.hostKeys()))
        .contains("ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com", "rsa-sha2-512");
  }

  @Test
  void nothingRestsOnSha1OrDsaOrCbc() {
    assertThat(
            Stream.of(
                    Algorithms.keyExchanges(),
                    Algorithms.ciphers(),
                    Algorithms.macs(),
                    Algorithms.hostKeys())
                .flatMap(all -> names(all).stream()))
        .noneMatch(name -> name.matches(".*(sha1|-cbc|3des|md5|arcfour|dss|none|umac-64).*"))
        .doesNotContain("ssh-rsa", "ssh-rsa-cert-v01@openssh.com");
  }

  private static List<String> names(List<? extends NamedResource> all) {
    return all.stream().map(NamedResource::getName).toList();
  }
}

package dev.postern.core.hop;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a session offers its server, best first, by the names of the RFCs and of OpenSSH.
 *
 * @param kex key exchanges
 * @param ciphers ciphers, for both directions
 * @param macs message authentication codes, for ciphers that bring none
 * @param hostKeyAlgorithms how a server may prove itself
 * @param window how many bytes of a channel may be under way to us; empty for the usual
 * @param compression whether packets are compressed once we are signed in, if the server can
 */
public record Proposal(
    List<String> kex,
    List<String> ciphers,
    List<String> macs,
    HostKeyAlgorithms hostKeyAlgorithms,
    OptionalLong window,
    boolean compression) {
  /**
   * What is offered when nothing is said. AES-GCM leads because Java's is several times faster than
   * its ChaCha20; nothing rests on SHA-1, CBC or DSA, and no keys are exchanged on the curves of
   * NIST.
   */
  public static final Proposal USUAL =
      new Proposal(
          List.of(
              "mlkem768x25519-sha256",
              "sntrup761x25519-sha512",
              "sntrup761x25519-sha512@openssh.com",
              "curve25519-sha256",
              "curve25519-sha256@libssh.org",
              "diffie-hellman-group-exchange-sha256",
              "diffie-hellman-group16-sha512",
              "diffie-hellman-group18-sha512",
              "diffie-hellman-group14-sha256"),
          List.of(
              "aes128-gcm@openssh.com",
              "aes256-gcm@openssh.com",
              "aes256-ctr",
              "aes192-ctr",
              "aes128-ctr",
              "chacha20-poly1305@openssh.com"),
          List.of(
              "hmac-sha2-256-etm@openssh.com",
              "hmac-sha2-512-etm@openssh.com",
              "hmac-sha2-256",
              "hmac-sha2-512"),
          HostKeyAlgorithms.USUAL,
          OptionalLong.empty(),
          false);

  public Proposal {
    kex = List.copyOf(kex);
    ciphers = List.copyOf(ciphers);
    macs = List.copyOf(macs);
  }
}

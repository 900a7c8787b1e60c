package dev.postern.core.hop;

import java.util.List;

/**
 * How a server may prove itself, best first.
 *
 * @param always what every server is offered; what known_hosts has comes first of it
 * @param ifKnown what is offered to those servers only that are known by such a key, or by an
 *     authority that certifies them
 */
public record HostKeyAlgorithms(List<String> always, List<String> ifKnown) {
  /** ECDSA on the curves of NIST is not what a server that is met for the first time should use. */
  public static final HostKeyAlgorithms USUAL =
      new HostKeyAlgorithms(
          List.of(
              "ssh-ed25519-cert-v01@openssh.com",
              "rsa-sha2-512-cert-v01@openssh.com",
              "rsa-sha2-256-cert-v01@openssh.com",
              "ssh-ed25519",
              "rsa-sha2-512",
              "rsa-sha2-256"),
          List.of(
              "ecdsa-sha2-nistp256-cert-v01@openssh.com",
              "ecdsa-sha2-nistp384-cert-v01@openssh.com",
              "ecdsa-sha2-nistp521-cert-v01@openssh.com",
              "ecdsa-sha2-nistp256",
              "ecdsa-sha2-nistp384",
              "ecdsa-sha2-nistp521"));

  public HostKeyAlgorithms {
    always = List.copyOf(always);
    ifKnown = List.copyOf(ifKnown);
  }
}

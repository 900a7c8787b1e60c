package dev.postern.core.hostkey;

import dev.postern.core.hop.HopFailure;
import java.util.List;

/**
 * Decides on the host key of one hop, by its name or alias, port, files and policy. Safe for use by
 * several threads.
 */
public interface HostKeyVerifier {
  /**
   * Returns if the key is to be trusted. May block on the person; called off the I/O threads.
   *
   * @return what to say of it in the trail: {@code ED25519 SHA256:… known, ~/.ssh/known_hosts:3}
   * @throws HopFailure if it is unknown, changed or revoked, its certificate does not hold, or a
   *     file cannot be read
   */
  String verify(ServerKey key) throws HopFailure;

  /**
   * Puts the algorithms for which we know a key (or a certificate authority) of this host first,
   * the rest after them in the given order.
   *
   * @param offered the host key algorithms that we could propose ({@code rsa-sha2-512}, {@code
   *     ssh-ed25519-cert-v01@openssh.com}), best first
   * @throws HopFailure if a file cannot be read
   */
  List<String> order(List<String> offered) throws HopFailure;

  /**
   * Whether the host is known by a key for this algorithm, or for a certificate's by an authority.
   * False unless said.
   *
   * @throws HopFailure if a file cannot be read
   */
  default boolean isExpected(String algorithm) throws HopFailure {
    return false;
  }

  /**
   * Whether a plain key for this algorithm is known of the host, so that it is no worse than any
   * other that {@link #order} puts first. False unless said.
   *
   * @throws HopFailure if a file cannot be read
   */
  default boolean isKnown(String algorithm) throws HopFailure {
    return false;
  }
}

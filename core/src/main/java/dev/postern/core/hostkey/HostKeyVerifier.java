package dev.postern.core.hostkey;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
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
   * What to propose to this host, best first: the algorithms for which we know a key of it (for a
   * certificate's, an authority), then those that everybody is offered.
   *
   * @param offered what we could propose
   * @throws HopFailure if a file cannot be read
   */
  List<String> order(HostKeyAlgorithms offered) throws HopFailure;

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

package dev.postern.core.sshd;

import dev.postern.core.auth.ClientMove;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The key that the server was asked about. */
final class ProbedKey {
  private final byte[] blob;

  /** Some servers answer with the key's type where the request had an algorithm for it. */
  private final Set<String> names;

  ProbedKey(ClientMove.ProbeKey probe) {
    this.blob = probe.identity().publicKey();
    this.names = new HashSet<>(probe.identity().algorithms());
    this.names.add(probe.identity().keyType());
  }

  /** The key as it goes over the wire. */
  byte[] blob() {
    return blob;
  }

  boolean isMeantBy(String algorithm, byte[] accepted) {
    return names.contains(algorithm) && Arrays.equals(blob, accepted);
  }
}

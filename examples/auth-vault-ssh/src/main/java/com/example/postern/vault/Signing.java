package com.example.postern.vault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of whom, in whose name. Two hops that are equal in this can share a certificate.
 *
 * @param tokenMark tells tokens apart
 */
record Signing(
    SigningUrl url,
    Optional<String> namespace,
    List<String> principals,
    Optional<Duration> ttl,
    List<String> extensions,
    Optional<Path> caFile,
    Duration renewBefore,
    String tokenMark) {
  static Signing of(VaultSshConfig config, List<String> principals, Token token) {
    return new Signing(
        SigningUrl.of(config.address(), config.mount(), config.role()),
        config.namespace(),
        principals,
        config.ttl(),
        config.extensions(),
        config.caFile(),
        config.renewBefore(),
        token.mark());
  }

  /** Without the mark. */
  @Override
  public String toString() {
    return url + " for " + String.join(", ", principals);
  }
}

package dev.postern.core.auth;

import dev.postern.api.auth.Identity;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is offered: with the first of the algorithms that may still be tried.
 *
 * @param source the strategy that it is from
 * @param key names the public key or certificate, wherever it comes from
 * @param signsAtOnce whether to sign without asking first
 * @param algorithms what it can be offered with, best first, never empty
 */
record Offer(
    NamedStrategy source,
    Identity identity,
    String key,
    String description,
    boolean signsAtOnce,
    List<String> algorithms) {
  private static final String CERTIFICATE_SUFFIX = "-cert-v01@openssh.com";

  /** Asks the identity all there is to know, so that a broken one fails here. */
  static Offer of(NamedStrategy source, Identity identity) {
    List<String> algorithms = List.copyOf(identity.algorithms());
    if (algorithms.isEmpty()) {
      throw new IllegalStateException("an identity has no algorithm");
    }
    return new Offer(
        source,
        identity,
        Base64.getEncoder().encodeToString(identity.publicKey()),
        AuthTrail.describe(identity),
        identity.signsAtOnce(),
        algorithms);
  }

  /** Asks whether the key would do, or signs right away. */
  ClientMove move() {
    return signsAtOnce
        ? new ClientMove.SignWithKey(identity, algorithm())
        : new ClientMove.ProbeKey(identity, algorithm());
  }

  String algorithm() {
    return algorithms.get(0);
  }

  /**
   * With the algorithms that the server understands; null if it understands none. One that can be
   * offered in one way only is offered in any case: the lists of servers are not always whole.
   */
  @Nullable Offer suitedTo(List<String> understood) {
    return understood.isEmpty() || algorithms.size() == 1
        ? this
        : with(algorithms.stream().filter(name -> understood.contains(plain(name))).toList());
  }

  /** Without the algorithm that was tried; null if there is no other. */
  @Nullable Offer withOtherAlgorithms(List<String> understood) {
    return with(
        algorithms.stream()
            .skip(1)
            .filter(name -> understood.isEmpty() || understood.contains(plain(name)))
            .toList());
  }

  private @Nullable Offer with(List<String> others) {
    return others.isEmpty()
        ? null
        : new Offer(source, identity, key, description, signsAtOnce, others);
  }

  /** Servers name the signature, also for a certificate. */
  private static String plain(String algorithm) {
    return algorithm.endsWith(CERTIFICATE_SUFFIX)
        ? algorithm.substring(0, algorithm.length() - CERTIFICATE_SUFFIX.length())
        : algorithm;
  }
}

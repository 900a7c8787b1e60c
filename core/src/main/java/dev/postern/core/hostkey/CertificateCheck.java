package dev.postern.core.hostkey;

import static java.util.stream.Collectors.joining;

import dev.postern.core.text.Sanitiser;
import java.time.Instant;
import java.util.Optional;

/** Whether a certificate by an authority that we trust holds for a host, now. */
final class CertificateCheck {
  private static final int NAMES_SHOWN = 5;

  private CertificateCheck() {}

  /** Why it does not hold, as the end of a sentence; empty if it does. */
  static Optional<String> fault(HostCertificate certificate, String host, Instant now) {
    Optional<String> signature = signatureFault(certificate);
    if (signature.isPresent()) {
      return signature;
    }
    if (certificate.role() != HostCertificate.HOST) {
      return Optional.of("it is not a host certificate");
    }
    long second = now.getEpochSecond();
    if (Long.compareUnsigned(second, certificate.validAfter()) < 0) {
      return Optional.of("it is not valid before " + moment(certificate.validAfter()));
    }
    if (Long.compareUnsigned(second, certificate.validBefore()) >= 0) {
      return Optional.of("it expired at " + moment(certificate.validBefore()));
    }
    if (!certificate.criticalOptions().isEmpty()) {
      String option = Sanitiser.line(certificate.criticalOptions().get(0));
      return Optional.of("it has the critical option \"" + option + "\", which is unknown");
    }
    return principalFault(certificate, host);
  }

  private static Optional<String> signatureFault(HostCertificate certificate) {
    HostKey authority = certificate.authority();
    if (KeyPolicy.isWeak(authority)) {
      return Optional.of("its authority's key has only " + authority.bits() + " bits");
    }
    try {
      return SignatureCheck.holds(authority, certificate.signed(), certificate.signature())
          ? Optional.empty()
          : Optional.of("its signature is wrong");
    } catch (MalformedKeyException e) {
      return Optional.of(Sanitiser.line(String.valueOf(e.getMessage())));
    }
  }

  /** No names at all would be every name, as certificates once had it; OpenSSH refuses that. */
  private static Optional<String> principalFault(HostCertificate certificate, String host) {
    if (certificate.principals().isEmpty()) {
      return Optional.of("it names no host");
    }
    for (String principal : certificate.principals()) {
      if (Wildcard.match(Lower.of(principal), host)) {
        return Optional.empty();
      }
    }
    String names = certificate.principals().stream().limit(NAMES_SHOWN).collect(joining(", "));
    return Optional.of("it is for " + Sanitiser.line(names) + " and not for " + host);
  }

  private static String moment(long second) {
    return second < 0 || second > Instant.MAX.getEpochSecond()
        ? "the end of time"
        : Instant.ofEpochSecond(second).toString();
  }
}

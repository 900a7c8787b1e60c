package com.example.postern.vault;

import dev.postern.api.secret.SecretException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Looks at a certificate before it is shown to anybody: is it what was asked for? */
final class Check {
  private Check() {}

  static Certificate signed(String line, EphemeralKey key, Signing signing, Instant now)
      throws SecretException {
    Certificate certificate = parsed(line, signing);
    if (certificate.kind() != Certificate.USER) {
      throw refusal(
          signing,
          "gave a host certificate; take a role with allow_user_certificates for signing in");
    }
    if (!Arrays.equals(certificate.point(), key.point())) {
      throw refusal(signing, "gave a certificate for another key than the one it was sent");
    }
    expectPrincipals(certificate.principals(), signing);
    if (!certificate.hasBegun(now)) {
      throw refusal(
          signing,
          "gave a certificate that is not valid before %s, and here it is %s; set the clocks right"
              .formatted(certificate.beginning(), now));
    }
    if (certificate.hasEnded(now)) {
      throw refusal(
          signing,
          "gave a certificate that ended at %s, and here it is %s; set the clocks right, or raise the ttl"
              .formatted(certificate.end(), now));
    }
    return certificate;
  }

  private static Certificate parsed(String line, Signing signing) throws SecretException {
    try {
      return Certificate.parse(line);
    } catch (IllegalArgumentException e) {
      throw new SecretException(
          "%s gave no ed25519 certificate: %s"
              .formatted(signing.url(), Plain.line(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static void expectPrincipals(List<String> principals, Signing signing)
      throws SecretException {
    if (principals.isEmpty()) {
      throw refusal(
          signing,
          "gave a certificate without principals, which servers refuse; look at allowed_users of the role");
    }
    for (String wanted : signing.principals()) {
      if (!principals.contains(wanted)) {
        throw refusal(
            signing,
            "gave a certificate for %s and not for %s; look at allowed_users of the role, or set principals"
                .formatted(Plain.line(String.join(", ", principals)), wanted));
      }
    }
  }

  private static SecretException refusal(Signing signing, String what) {
    return new SecretException(signing.url() + " " + what);
  }
}

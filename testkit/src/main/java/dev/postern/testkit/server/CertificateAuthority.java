package dev.postern.testkit.server;

import dev.postern.core.sshd.JdkEd25519;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apiguardian.api.API;

/** Signs certificates of users and hosts, with an ed25519 key of its own. Immutable. */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class CertificateAuthority {
  private final KeyPair key = KeyKind.ED25519.generate();

  /** A new authority, which nobody trusts yet. */
  public CertificateAuthority() {
    JdkEd25519.register();
  }

  /** Its public key, as a line for {@code TrustedUserCAKeys} or {@code @cert-authority}. */
  public String publicKeyLine() {
    return KeyText.line(key.getPublic());
  }

  /**
   * A user certificate, as the line of a {@code -cert.pub} file.
   *
   * @param subject whose key it certifies
   * @param principal the user it is for
   * @param validBefore when it ends
   */
  public String userCertificate(PublicKey subject, String principal, Instant validBefore) {
    return KeyText.line(
        signed(
            OpenSshCertificateBuilder.userCertificate().validBefore(validBefore),
            subject,
            List.of(principal)));
  }

  OpenSshCertificate hostCertificate(PublicKey subject, List<String> names) {
    return signed(OpenSshCertificateBuilder.hostCertificate(), subject, names);
  }

  /** Whether the certificate is one of this authority's, for that user. */
  boolean vouches(OpenSshCertificate certificate, String user) {
    return KeyUtils.compareKeys(certificate.getCaPubKey(), key.getPublic())
        && certificate.getPrincipals().contains(user);
  }

  private OpenSshCertificate signed(
      OpenSshCertificateBuilder builder, PublicKey subject, List<String> principals) {
    try {
      return builder.publicKey(subject).id("testkit").principals(principals).sign(key);
    } catch (Exception e) {
      throw new IllegalArgumentException("this key cannot be certified: " + e.getMessage(), e);
    }
  }
}

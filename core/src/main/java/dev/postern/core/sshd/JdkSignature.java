package dev.postern.core.sshd;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Signature;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.security.eddsa.generic.GenericSignatureEd25519;

/** Ed25519 (RFC 8709) with the JDK's keys, and so with the JDK's code, whoever else offers some. */
final class JdkSignature extends GenericSignatureEd25519 {
  JdkSignature() {
    super(JdkEd25519Support.ALGORITHM);
  }

  @Override
  protected Signature doInitSignature(
      SessionContext session, String algorithm, Key key, boolean forSigning)
      throws GeneralSecurityException {
    return Signature.getInstance(algorithm, JdkEd25519.PROVIDER);
  }
}

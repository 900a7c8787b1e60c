package com.example.postern.vault;

import dev.postern.api.auth.Identity;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.SecretException;
import java.io.IOException;

/** An ephemeral key, and the certificate that was signed for it. */
record CertifiedKey(EphemeralKey key, Certificate certificate, String signedBy)
    implements Identity {
  /** Makes a key, has it signed, and checks what came back. */
  static CertifiedKey ask(Signing signing, Token token, HopContext hop)
      throws SecretException, InterruptedException {
    EphemeralKey key = EphemeralKey.generate();
    String reply = new SigningApi(signing).sign(key, token);
    Certificate certificate = Check.signed(reply, key, signing, hop.time().now());
    hop.note(
        "%s signed a certificate for %s: serial %s, by the authority %s, valid until %s"
            .formatted(
                signing.url(),
                String.join(", ", signing.principals()),
                Long.toUnsignedString(certificate.serial()),
                certificate.authority(),
                certificate.end()));
    return new CertifiedKey(key, certificate, signing.url().uri().getHost());
  }

  @Override
  public String keyType() {
    return Certificate.TYPE;
  }

  @Override
  public byte[] publicKey() {
    return certificate.blob();
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws IOException {
    if (!algorithm.equals(Certificate.TYPE)) {
      throw new IOException(description() + " cannot sign with " + algorithm);
    }
    return key.sign(data);
  }

  @Override
  public String description() {
    return "certificate %s of %s".formatted(Long.toUnsignedString(certificate.serial()), signedBy);
  }

  @Override
  public String toString() {
    return description();
  }
}

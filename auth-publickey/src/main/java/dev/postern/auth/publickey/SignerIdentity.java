package dev.postern.auth.publickey;

import dev.postern.api.auth.Identity;
import java.io.IOException;

/**
 * A key or certificate, and whatever signs for it.
 *
 * @param blob what is shown to the server
 * @param signer makes the signature
 * @param signsAtOnce whether the signer asks nobody
 * @param description where it comes from
 */
record SignerIdentity(PublicBlob blob, Signer signer, boolean signsAtOnce, String description)
    implements Identity {
  /** Makes a signature of a plain algorithm, as it goes over the wire. */
  interface Signer {
    byte[] sign(String algorithm, byte[] data) throws IOException;
  }

  @Override
  public String keyType() {
    return blob.type();
  }

  @Override
  public byte[] publicKey() {
    return blob.bytes();
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws IOException {
    if (!algorithms().contains(algorithm)) {
      throw new IOException("%s cannot sign with %s".formatted(description, algorithm));
    }
    return signer.sign(PublicBlob.plain(algorithm), data);
  }
}

package dev.postern.core.sshd;

import dev.postern.api.auth.Identity;
import java.io.IOException;
import java.security.KeyPair;
import org.apache.sshd.common.signature.SignatureECDSA.SignatureECDSA256;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Signs with an ECDSA key, or refuses to. */
record TestIdentity(KeyPair pair, boolean refusing) implements Identity {
  @Override
  public String keyType() {
    return "ecdsa-sha2-nistp256";
  }

  @Override
  public byte[] publicKey() {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(pair.getPublic());
    return buffer.getCompactData();
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws IOException {
    if (refusing) {
      throw new IOException("the agent said no");
    }
    try {
      var signer = new SignatureECDSA256();
      signer.initSigner(null, pair.getPrivate());
      signer.update(null, data);
      ByteArrayBuffer buffer = new ByteArrayBuffer();
      buffer.putString(algorithm);
      buffer.putBytes(signer.sign(null));
      return buffer.getCompactData();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public String description() {
    return "test";
  }
}

package dev.postern.auth.publickey;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/** A private key that is open, and its public part. */
final class SigningKey {
  private final PrivateKey privateKey;
  private final PublicBlob publicKey;

  SigningKey(PrivateKey privateKey, PublicBlob publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  PublicBlob publicKey() {
    return publicKey;
  }

  /**
   * Signs, and writes the signature as it goes over the wire.
   *
   * @param algorithm a plain signature algorithm: {@code rsa-sha2-512}, {@code ssh-ed25519}
   */
  byte[] sign(String algorithm, byte[] data) throws IOException {
    try {
      return new WireWriter().text(algorithm).string(blob(algorithm, data)).bytes();
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  private byte[] blob(String algorithm, byte[] data) throws IOException, GeneralSecurityException {
    return switch (algorithm) {
      case "ssh-ed25519" -> raw("Ed25519", data);
      case "rsa-sha2-256" -> raw("SHA256withRSA", data);
      case "rsa-sha2-512" -> raw("SHA512withRSA", data);
      case "ecdsa-sha2-nistp256" -> ecdsa(Curve.NISTP256, data);
      case "ecdsa-sha2-nistp384" -> ecdsa(Curve.NISTP384, data);
      case "ecdsa-sha2-nistp521" -> ecdsa(Curve.NISTP521, data);
      default -> throw new IOException("cannot sign with the algorithm " + algorithm);
    };
  }

  /** RFC 5656 section 3.1.2: r and s as numbers. */
  private byte[] ecdsa(Curve curve, byte[] data) throws GeneralSecurityException {
    byte[] pair = raw(curve.signature(), data);
    int half = pair.length / 2;
    BigInteger r = new BigInteger(1, Arrays.copyOf(pair, half));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(pair, half, pair.length));
    return new WireWriter().mpint(r).mpint(s).bytes();
  }

  private byte[] raw(String name, byte[] data) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(name);
    signature.initSign(privateKey);
    signature.update(data);
    return signature.sign();
  }
}

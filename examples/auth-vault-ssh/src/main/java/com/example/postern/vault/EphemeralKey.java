package com.example.postern.vault;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** An ed25519 key (RFC 8709) that is in this process only, and goes when nobody holds it. */
final class EphemeralKey {
  static final String TYPE = "ssh-ed25519";
  private static final int LENGTH = 32;

  private final KeyPair pair;

  private EphemeralKey(KeyPair pair) {
    this.pair = pair;
  }

  static EphemeralKey generate() {
    try {
      return new EphemeralKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /** The public key's 32 bytes, which end its X.509 form (RFC 8410 section 4). */
  byte[] point() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
  }

  /** As a line of {@code authorized_keys}. */
  String line() {
    byte[] blob = new WireWriter().text(TYPE).string(point()).bytes();
    return TYPE + " " + Base64.getEncoder().encodeToString(blob);
  }

  /** A signature as it goes over the wire (RFC 8709 section 6), also for the certificate. */
  byte[] sign(byte[] data) throws IOException {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return new WireWriter().text(TYPE).string(signature.sign()).bytes();
    } catch (GeneralSecurityException e) {
      throw new IOException("the ephemeral key cannot sign", e);
    }
  }
}

package dev.postern.testkit.server;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.apiguardian.api.API;

/** The kinds of key that a server, an authority or a user of a test can have. */
@API(status = API.Status.MAINTAINED, since = "1.0")
public enum KeyKind {
  /** {@code ssh-ed25519}. */
  ED25519("Ed25519"),
  /** {@code ecdsa-sha2-nistp256}. */
  ECDSA("EC"),
  /** {@code ssh-rsa} of 2048 bits. */
  RSA("RSA");

  private final String algorithm;

  KeyKind(String algorithm) {
    this.algorithm = algorithm;
  }

  /** A new key pair. */
  public KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private AlgorithmParameterSpec parameters() {
    return switch (this) {
      case ED25519 -> NamedParameterSpec.ED25519;
      case ECDSA -> new ECGenParameterSpec("secp256r1");
      case RSA -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
    };
  }
}

package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;

/** Makes signing keys from the numbers that every file format stores. */
final class SigningKeys {
  /** OpenSSH's default {@code RequiredRSASize}. */
  private static final int SMALLEST_RSA = 1024;

  private static final int LARGEST_RSA = 16_384;
  private static final int ED25519_LENGTH = 32;

  private SigningKeys() {}

  static SigningKey ed25519(byte[] seed, byte[] publicKey) throws KeyFormatException {
    if (seed.length != ED25519_LENGTH || publicKey.length != ED25519_LENGTH) {
      throw new KeyFormatException("an Ed25519 key has " + ED25519_LENGTH + " octets");
    }
    PublicBlob blob = PublicBlob.of(new WireWriter().text("ssh-ed25519").string(publicKey).bytes());
    try {
      EdECPrivateKeySpec spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
      return new SigningKey(KeyFactory.getInstance("Ed25519").generatePrivate(spec), blob);
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("the Ed25519 key is not valid", e);
    }
  }

  /** The public part of an Ed25519 seed, which PKCS#8 files leave out. */
  static byte[] ed25519PublicKey(byte[] seed) throws KeyFormatException {
    try {
      // The JDK multiplies the curve's base point only while it generates a pair: let it draw ours.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
      generator.initialize(NamedParameterSpec.ED25519, new OneSeed(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] drawn = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      if (!Arrays.equals(drawn, seed)) {
        throw new KeyFormatException("this Java cannot tell the public part of an Ed25519 key");
      }
      return encode((EdECPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("this Java cannot tell the public part of an Ed25519 key", e);
    }
  }

  /** RFC 8032 section 5.1.2: y with its octets reversed, and the sign of x in the highest bit. */
  private static byte[] encode(EdECPublicKey key) {
    byte[] encoded = new byte[ED25519_LENGTH];
    byte[] number = key.getPoint().getY().toByteArray();
    for (int i = 0; i < number.length && i < encoded.length; i++) {
      encoded[i] = number[number.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      encoded[ED25519_LENGTH - 1] |= (byte) 0x80;
    }
    return encoded;
  }

  static SigningKey ecdsa(Curve curve, byte[] point, BigInteger secret) throws KeyFormatException {
    PublicBlob blob =
        PublicBlob.of(
            new WireWriter().text(curve.keyType()).text(curve.sshName()).string(point).bytes());
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(curve.jdkName()));
      ECPrivateKeySpec spec =
          new ECPrivateKeySpec(secret, parameters.getParameterSpec(ECParameterSpec.class));
      return new SigningKey(KeyFactory.getInstance("EC").generatePrivate(spec), blob);
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("the ECDSA key is not valid", e);
    }
  }

  static SigningKey rsa(RSAPrivateCrtKeySpec spec) throws KeyFormatException {
    int bits = spec.getModulus().bitLength();
    if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
      throw new KeyFormatException(
          "the RSA key has %d bits; it needs %d to %d".formatted(bits, SMALLEST_RSA, LARGEST_RSA));
    }
    PublicBlob blob =
        PublicBlob.of(
            new WireWriter()
                .text("ssh-rsa")
                .mpint(spec.getPublicExponent())
                .mpint(spec.getModulus())
                .bytes());
    try {
      return new SigningKey(KeyFactory.getInstance("RSA").generatePrivate(spec), blob);
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("the RSA key is not valid", e);
    }
  }

  /** Not random: gives the seed that it was made with. */
  private static final class OneSeed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    OneSeed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
    }
  }
}

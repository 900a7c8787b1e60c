package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** Private keys in DER: PKCS#1 (RFC 8017 A.1.2), SEC1 (RFC 5915) and PKCS#8 (RFC 5958). */
final class DerKeys {
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String EC = "1.2.840.10045.2.1";
  private static final String DSA = "1.2.840.10040.4.1";

  /** Said where such a key turns up. */
  static final String NO_DSA =
      "servers do not accept DSA keys any more; make another with ssh-keygen";

  private static final String ED25519 = "1.3.101.112";

  private DerKeys() {}

  static boolean handles(String label) {
    return label.equals(PKCS1) || label.equals(SEC1) || label.equals(PKCS8);
  }

  /** Reads the key of the PEM block with that label. */
  static SigningKey read(String label, byte[] der) throws KeyFormatException {
    return switch (label) {
      case PKCS1 -> pkcs1(der);
      case SEC1 -> sec1(der, Optional.empty());
      case PKCS8 -> pkcs8(der);
      default -> throw new KeyFormatException("a PEM block " + label + " is not a private key");
    };
  }

  /** Whether the octets begin as every one of these structures does: they were decrypted well. */
  static boolean isPrivateKey(byte[] der) {
    try {
      return new DerReader(der).sequence().isAtInteger();
    } catch (KeyFormatException e) {
      return false;
    }
  }

  private static SigningKey pkcs1(byte[] der) throws KeyFormatException {
    DerReader key = new DerReader(der).sequence();
    if (key.integer().signum() != 0) {
      throw new KeyFormatException("RSA keys of more than two primes are not supported");
    }
    BigInteger n = key.integer();
    BigInteger e = key.integer();
    BigInteger d = key.integer();
    BigInteger p = key.integer();
    BigInteger q = key.integer();
    BigInteger dp = key.integer();
    BigInteger dq = key.integer();
    return SigningKeys.rsa(new RSAPrivateCrtKeySpec(n, e, d, p, q, dp, dq, key.integer()));
  }

  private static SigningKey sec1(byte[] der, Optional<Curve> outer) throws KeyFormatException {
    DerReader key = new DerReader(der).sequence();
    key.integer();
    byte[] secret = key.octets();
    try {
      Optional<DerReader> parameters = key.tagged(0);
      Curve curve =
          parameters.isPresent()
              ? Curve.ofObjectIdentifier(parameters.get().objectIdentifier())
              : outer.orElseThrow(() -> new KeyFormatException("it does not name its curve"));
      Optional<DerReader> point = key.tagged(1);
      BigInteger scalar = new BigInteger(1, secret);
      byte[] encoded = point.isPresent() ? point.get().bits() : PublicPoint.of(curve, scalar);
      return SigningKeys.ecdsa(curve, encoded, scalar);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static SigningKey pkcs8(byte[] der) throws KeyFormatException {
    DerReader info = new DerReader(der).sequence();
    info.integer();
    DerReader algorithm = info.sequence();
    String identifier = algorithm.objectIdentifier();
    byte[] key = info.octets();
    try {
      return switch (identifier) {
        case RSA -> pkcs1(key);
        case EC -> sec1(key, Optional.of(Curve.ofObjectIdentifier(algorithm.objectIdentifier())));
        case ED25519 -> ed25519(new DerReader(key).octets());
        case DSA -> throw new KeyFormatException(NO_DSA);
        default ->
            throw new KeyFormatException(
                "keys of the algorithm " + identifier + " are not supported");
      };
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static SigningKey ed25519(byte[] seed) throws KeyFormatException {
    try {
      return SigningKeys.ed25519(seed, SigningKeys.ed25519PublicKey(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }
}

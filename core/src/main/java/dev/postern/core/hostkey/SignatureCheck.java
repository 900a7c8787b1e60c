package dev.postern.core.hostkey;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Checks an authority's signature with the JDK's own providers. */
final class SignatureCheck {
  private static final String ED25519_HEADER = "302a300506032b6570032100";

  private SignatureCheck() {}

  /**
   * Whether the signature is the key's over the message.
   *
   * @param signature algorithm and signature as on the wire (RFC 4253 section 6.6)
   * @throws MalformedKeyException if it has not the form of a signature by that type of key, or is
   *     made with SHA-1
   */
  static boolean holds(HostKey key, byte[] message, byte[] signature) throws MalformedKeyException {
    WireReader reader = new WireReader(signature);
    String algorithm = reader.text();
    byte[] value = reader.bytes();
    reader.expectEnd();
    try {
      return switch (key.type()) {
        case ED25519 -> {
          expect("ssh-ed25519", algorithm);
          yield verify("Ed25519", ed25519(key), message, value);
        }
        case ECDSA_256, ECDSA_384, ECDSA_521 -> {
          expect(key.type().wireName(), algorithm);
          yield verify(
              hash(key.type()) + "withECDSAinP1363Format",
              ecdsa(key),
              message,
              fixedWidth(value, (key.bits() + 7) / 8));
        }
        case RSA -> verify(rsaAlgorithm(algorithm), rsa(key), message, padded(value, key.bits()));
      };
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean verify(String algorithm, PublicKey key, byte[] message, byte[] value)
      throws GeneralSecurityException {
    Signature check = Signature.getInstance(algorithm);
    check.initVerify(key);
    check.update(message);
    return check.verify(value);
  }

  private static void expect(String expected, String algorithm) throws MalformedKeyException {
    if (!algorithm.equals(expected)) {
      throw new MalformedKeyException(
          "its signature is a \"" + algorithm + "\" one where the authority's key is " + expected);
    }
  }

  private static String rsaAlgorithm(String algorithm) throws MalformedKeyException {
    return switch (algorithm) {
      case "rsa-sha2-256" -> "SHA256withRSA";
      case "rsa-sha2-512" -> "SHA512withRSA";
      case "ssh-rsa" ->
          throw new MalformedKeyException("its signature is made with SHA-1 (ssh-rsa)");
      default ->
          throw new MalformedKeyException(
              "its signature is a \"" + algorithm + "\" one where the authority's key is ssh-rsa");
    };
  }

  /** The hashes of RFC 5656 section 6.2.1. */
  private static String hash(KeyType type) {
    return switch (type) {
      case ECDSA_384 -> "SHA384";
      case ECDSA_521 -> "SHA512";
      default -> "SHA256";
    };
  }

  private static PublicKey ed25519(HostKey key)
      throws GeneralSecurityException, MalformedKeyException {
    String point = HexFormat.of().formatHex(key.parts().bytes());
    byte[] encoded = HexFormat.of().parseHex(ED25519_HEADER + point);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static PublicKey rsa(HostKey key) throws GeneralSecurityException, MalformedKeyException {
    WireReader parts = key.parts();
    BigInteger exponent = parts.number();
    BigInteger modulus = parts.number();
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static PublicKey ecdsa(HostKey key)
      throws GeneralSecurityException, MalformedKeyException {
    WireReader parts = key.parts();
    parts.text();
    byte[] point = parts.bytes();
    int width = (point.length - 1) / 2;
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + width));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + width, point.length));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(key.type().javaCurve()));
    ECParameterSpec specification = parameters.getParameterSpec(ECParameterSpec.class);
    if (!isOn(specification.getCurve(), x, y)) {
      throw new MalformedKeyException("the authority's point is not on its curve");
    }
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), specification));
  }

  /** Not every JDK checks this by itself. */
  private static boolean isOn(EllipticCurve curve, BigInteger x, BigInteger y) {
    BigInteger prime = ((ECFieldFp) curve.getField()).getP();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
    return x.compareTo(prime) < 0 && y.compareTo(prime) < 0 && y.pow(2).mod(prime).equals(right);
  }

  private static byte[] fixedWidth(byte[] value, int width) throws MalformedKeyException {
    WireReader reader = new WireReader(value);
    byte[] result = new byte[2 * width];
    for (int half = 1; half <= 2; half++) {
      byte[] number = reader.number().toByteArray();
      int skip = number[0] == 0 ? 1 : 0;
      int length = number.length - skip;
      if (length > width) {
        throw new MalformedKeyException("its signature is too long");
      }
      System.arraycopy(number, skip, result, half * width - length, length);
    }
    reader.expectEnd();
    return result;
  }

  /** Some signers leave leading zeros out, which RFC 8332 forbids and everybody accepts. */
  private static byte[] padded(byte[] value, int bits) throws MalformedKeyException {
    int width = (bits + 7) / 8;
    if (value.length > width) {
      throw new MalformedKeyException("its signature is too long");
    }
    byte[] result = new byte[width];
    System.arraycopy(value, 0, result, width - value.length, value.length);
    return result;
  }
}

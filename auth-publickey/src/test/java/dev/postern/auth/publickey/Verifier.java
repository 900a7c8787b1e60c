package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Verifies a signature as a server would, with the JDK's own verification. */
final class Verifier {
  private Verifier() {}

  static boolean verify(PublicBlob key, String algorithm, byte[] data, byte[] wire)
      throws Exception {
    WireReader signature = new WireReader(wire);
    if (!signature.text().equals(algorithm)) {
      return false;
    }
    byte[] blob = signature.string();
    WireReader reader = new WireReader(key.bytes());
    String type = reader.text();
    if (type.equals("ssh-rsa")) {
      BigInteger exponent = reader.mpint();
      PublicKey rsa =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(reader.mpint(), exponent));
      return check(
          algorithm.equals("rsa-sha2-512") ? "SHA512withRSA" : "SHA256withRSA", rsa, data, blob);
    }
    if (type.equals("ssh-ed25519")) {
      byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
      byte[] encoded = Arrays.copyOf(prefix, prefix.length + 32);
      System.arraycopy(reader.string(), 0, encoded, prefix.length, 32);
      PublicKey ed25519 =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      return check("Ed25519", ed25519, data, blob);
    }
    return ecdsa(reader, data, blob);
  }

  private static boolean ecdsa(WireReader reader, byte[] data, byte[] blob) throws Exception {
    Curve curve = Curve.ofSshName(reader.text());
    byte[] point = reader.string();
    int length = (point.length - 1) / 2;
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve.jdkName()));
    ECPoint w =
        new ECPoint(
            new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + length)),
            new BigInteger(1, Arrays.copyOfRange(point, 1 + length, point.length)));
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(w, parameters.getParameterSpec(ECParameterSpec.class)));
    WireReader pair = new WireReader(blob);
    byte[] both = new byte[2 * length];
    put(pair.mpint(), both, length, length);
    put(pair.mpint(), both, 2 * length, length);
    return check(curve.signature(), key, data, both);
  }

  private static void put(BigInteger number, byte[] target, int end, int length) {
    byte[] bytes = number.toByteArray();
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, target, end - count, count);
  }

  private static boolean check(String name, PublicKey key, byte[] data, byte[] blob)
      throws Exception {
    Signature signature = Signature.getInstance(name);
    signature.initVerify(key);
    signature.update(data);
    return signature.verify(blob);
  }
}

package dev.postern.core.hostkey;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key pair made with the JDK, and its wire form. */
record TestKey(String type, KeyPair pair, byte[][] parts) {
  static TestKey ed25519() {
    KeyPair pair = generate("Ed25519", 0, "");
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new TestKey("ssh-ed25519", pair, new byte[][] {point});
  }

  static TestKey ecdsa(int size) {
    KeyPair pair = generate("EC", 0, "secp" + size + "r1");
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    int width = (size + 7) / 8;
    byte[] point = new byte[1 + 2 * width];
    point[0] = 4;
    place(key.getW().getAffineX(), point, 1 + width);
    place(key.getW().getAffineY(), point, 1 + 2 * width);
    String curve = "nistp" + size;
    return new TestKey("ecdsa-sha2-" + curve, pair, new byte[][] {utf8(curve), point});
  }

  static TestKey rsa(int bits) {
    KeyPair pair = generate("RSA", bits, "");
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    byte[][] parts = {key.getPublicExponent().toByteArray(), key.getModulus().toByteArray()};
    return new TestKey("ssh-rsa", pair, parts);
  }

  byte[] blob() {
    byte[] name = join(utf8(type));
    byte[] rest = join(parts);
    byte[] result = Arrays.copyOf(name, name.length + rest.length);
    System.arraycopy(rest, 0, result, name.length, rest.length);
    return result;
  }

  ServerKey server() {
    return new ServerKey(type, blob());
  }

  /** Type and base64. */
  String line() {
    return type + " " + Base64.getEncoder().encodeToString(blob());
  }

  String fingerprint() {
    try {
      return HostKey.parse(blob()).fingerprint();
    } catch (MalformedKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Algorithm and signature as on the wire. */
  byte[] sign(String algorithm, byte[] message) {
    String java =
        switch (algorithm) {
          case "ssh-ed25519" -> "Ed25519";
          case "ssh-rsa" -> "SHA1withRSA";
          case "rsa-sha2-256" -> "SHA256withRSA";
          case "rsa-sha2-512" -> "SHA512withRSA";
          case "ecdsa-sha2-nistp256" -> "SHA256withECDSAinP1363Format";
          case "ecdsa-sha2-nistp384" -> "SHA384withECDSAinP1363Format";
          default -> "SHA512withECDSAinP1363Format";
        };
    try {
      Signature signature = Signature.getInstance(java);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      byte[] value = signature.sign();
      if (algorithm.startsWith("ecdsa")) {
        int half = value.length / 2;
        value =
            join(
                new BigInteger(1, Arrays.copyOf(value, half)).toByteArray(),
                new BigInteger(1, Arrays.copyOfRange(value, half, value.length)).toByteArray());
      }
      return join(utf8(algorithm), value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** SSH strings, one after the other. */
  static byte[] join(byte[]... strings) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(result)) {
      for (byte[] string : strings) {
        output.writeInt(string.length);
        output.write(string);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }

  private static void place(BigInteger number, byte[] target, int end) {
    byte[] bytes = number.toByteArray();
    int skip = bytes[0] == 0 ? 1 : 0;
    System.arraycopy(bytes, skip, target, end - (bytes.length - skip), bytes.length - skip);
  }

  private static KeyPair generate(String algorithm, int bits, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

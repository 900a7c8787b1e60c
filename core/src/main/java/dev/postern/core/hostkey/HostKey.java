package dev.postern.core.hostkey;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A plain public key. Its blob is written anew from the parts, so that one key has one blob: a
 * revoked key cannot come back with a zero more in front of its modulus.
 */
final class HostKey {
  private static final int ED25519_BYTES = 32;

  private final KeyType type;
  private final byte[] blob;
  private final int bits;

  private HostKey(KeyType type, byte[] blob, int bits) {
    this.type = type;
    this.blob = blob;
    this.bits = bits;
  }

  /** Reads a whole key (RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4). */
  static HostKey parse(byte[] blob) throws MalformedKeyException {
    WireReader reader = new WireReader(blob);
    String name = reader.text();
    KeyType type =
        KeyType.ofKey(name)
            .orElseThrow(
                () -> new MalformedKeyException("its type \"" + name + "\" is not accepted"));
    HostKey key = readParts(type, reader);
    reader.expectEnd();
    return key;
  }

  /** Reads the part of a key that comes after its name, and in a certificate after the nonce. */
  static HostKey readParts(KeyType type, WireReader reader) throws MalformedKeyException {
    return switch (type) {
      case ED25519 -> {
        byte[] point = reader.bytes();
        if (point.length != ED25519_BYTES) {
          throw new MalformedKeyException("its point has " + point.length + " bytes, not 32");
        }
        yield new HostKey(type, join(bytes(type.wireName()), point), 256);
      }
      case ECDSA_256, ECDSA_384, ECDSA_521 -> {
        String curve = reader.text();
        byte[] point = reader.bytes();
        if (!curve.equals(type.curve())) {
          throw new MalformedKeyException("its curve is not " + type.curve());
        }
        int size = Integer.parseInt(curve.substring("nistp".length()));
        if (point.length != 1 + 2 * ((size + 7) / 8) || point[0] != 4) {
          throw new MalformedKeyException("its point is not an uncompressed one of " + curve);
        }
        yield new HostKey(type, join(bytes(type.wireName()), bytes(curve), point), size);
      }
      case RSA -> {
        BigInteger exponent = reader.number();
        BigInteger modulus = reader.number();
        yield new HostKey(
            type,
            join(bytes(type.wireName()), exponent.toByteArray(), modulus.toByteArray()),
            modulus.bitLength());
      }
    };
  }

  KeyType type() {
    return type;
  }

  /** The size as OpenSSH counts it. */
  int bits() {
    return bits;
  }

  /** The parts after the type. */
  WireReader parts() {
    WireReader reader = new WireReader(blob);
    try {
      reader.bytes();
    } catch (MalformedKeyException e) {
      throw new IllegalStateException("we wrote a key that we cannot read", e);
    }
    return reader;
  }

  /** {@code SHA256:} and the digest in base64 without padding. */
  String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Type and key as they stand in known_hosts. */
  String line() {
    return type.wireName() + " " + Base64.getEncoder().encodeToString(blob);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostKey key && key.type == type && Arrays.equals(key.blob, blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }

  /** {@code ED25519 SHA256:…}. */
  @Override
  public String toString() {
    return type + " " + fingerprint();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... strings) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(result)) {
      for (byte[] string : strings) {
        output.writeInt(requireNonNull(string).length);
        output.write(string);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }
}

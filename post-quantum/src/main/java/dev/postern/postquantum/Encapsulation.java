package dev.postern.postquantum;

import java.util.function.UnaryOperator;

/**
 * A key pair that was made for one key exchange. Whoever has its public key can make up a secret
 * that we alone can read.
 */
public final class Encapsulation {
  private final byte[] publicKey;
  private final int length;
  private final UnaryOperator<byte[]> extractor;

  Encapsulation(byte[] publicKey, int length, UnaryOperator<byte[]> extractor) {
    this.publicKey = publicKey;
    this.length = length;
    this.extractor = extractor;
  }

  /** The public key as it is sent. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** How long an encapsulated secret is, in bytes. */
  public int length() {
    return length;
  }

  /**
   * The secret in what the other side sent. Both know these algorithms to answer with a secret that
   * nobody has where that was tampered with.
   *
   * @throws IllegalArgumentException if it is not {@link #length()} bytes long
   */
  public byte[] secret(byte[] encapsulated) {
    if (encapsulated.length != length) {
      throw new IllegalArgumentException(
          "an encapsulated secret has " + length + " bytes, not " + encapsulated.length);
    }
    return extractor.apply(encapsulated);
  }
}

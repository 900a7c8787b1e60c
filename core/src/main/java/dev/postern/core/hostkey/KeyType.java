package dev.postern.core.hostkey;

import java.util.Optional;

/** The types of host keys that we accept. DSA is not among them, as in OpenSSH 10. */
enum KeyType {
  ED25519("ssh-ed25519", "ED25519", "", ""),
  ECDSA_256("ecdsa-sha2-nistp256", "ECDSA", "nistp256", "secp256r1"),
  ECDSA_384("ecdsa-sha2-nistp384", "ECDSA", "nistp384", "secp384r1"),
  ECDSA_521("ecdsa-sha2-nistp521", "ECDSA", "nistp521", "secp521r1"),
  RSA("ssh-rsa", "RSA", "", "");

  private static final String CERTIFICATE_SUFFIX = "-cert-v01@openssh.com";

  private final String wireName;
  private final String label;
  private final String curve;
  private final String javaCurve;

  KeyType(String wireName, String label, String curve, String javaCurve) {
    this.wireName = wireName;
    this.label = label;
    this.curve = curve;
    this.javaCurve = javaCurve;
  }

  /** The type as it stands in a key and in known_hosts. */
  String wireName() {
    return wireName;
  }

  /** The curve's name in RFC 5656, or empty. */
  String curve() {
    return curve;
  }

  /** The curve's name in Java, or empty. */
  String javaCurve() {
    return javaCurve;
  }

  static boolean isCertificate(String name) {
    return name.endsWith(CERTIFICATE_SUFFIX);
  }

  /** The type of a plain key's own name. */
  static Optional<KeyType> ofKey(String name) {
    for (KeyType type : values()) {
      if (type.wireName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type that a certificate's name says it certifies. */
  static Optional<KeyType> ofCertificate(String name) {
    if (!isCertificate(name)) {
      return Optional.empty();
    }
    return ofKey(name.substring(0, name.length() - CERTIFICATE_SUFFIX.length()));
  }

  /**
   * The type of key that goes with a host key algorithm, with or without certificate: {@code
   * rsa-sha2-512} goes with RSA (RFC 8332).
   */
  static Optional<KeyType> ofAlgorithm(String algorithm) {
    String plain =
        isCertificate(algorithm)
            ? algorithm.substring(0, algorithm.length() - CERTIFICATE_SUFFIX.length())
            : algorithm;
    if (plain.equals("rsa-sha2-512") || plain.equals("rsa-sha2-256")) {
      return Optional.of(RSA);
    }
    return ofKey(plain);
  }

  /** As OpenSSH prints it. */
  @Override
  public String toString() {
    return label;
  }
}

package dev.postern.auth.publickey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A public key or certificate as it goes over the wire (RFC 4253 section 6.6), with its type. */
final class PublicBlob {
  private static final String CERTIFICATE_SUFFIX = "-cert-v01@openssh.com";

  private final byte[] bytes;
  private final String type;

  private PublicBlob(byte[] bytes, String type) {
    this.bytes = bytes;
    this.type = type;
  }

  static PublicBlob of(byte[] bytes) throws KeyFormatException {
    String type = new WireReader(bytes).text();
    if (type.isEmpty() || !type.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new KeyFormatException("the key type is not a name");
    }
    return new PublicBlob(bytes.clone(), type);
  }

  /**
   * Reads the line of a {@code .pub} file: type, base64, comment. Empty if it is not such a line.
   */
  static Optional<PublicBlob> ofLine(byte[] file) {
    String[] words = new String(file, StandardCharsets.UTF_8).strip().split("\\s+", 3);
    if (words.length < 2) {
      return Optional.empty();
    }
    try {
      PublicBlob blob = of(Base64.getDecoder().decode(words[1]));
      return blob.type.equals(words[0]) ? Optional.of(blob) : Optional.empty();
    } catch (IllegalArgumentException | KeyFormatException e) {
      return Optional.empty();
    }
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean isCertificate() {
    return type.endsWith(CERTIFICATE_SUFFIX);
  }

  /** Whether the private part sits in a hardware token, so that only an agent can sign. */
  boolean isSecurityKey() {
    return type.startsWith("sk-");
  }

  /** The name without what makes it a certificate: of a key type or of an algorithm. */
  static String plain(String name) {
    if (!name.endsWith(CERTIFICATE_SUFFIX)) {
      return name;
    }
    String base = name.substring(0, name.length() - CERTIFICATE_SUFFIX.length());
    return base.startsWith("sk-") ? base + "@openssh.com" : base;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicBlob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return type;
  }
}

package dev.postern.auth.totp;

/** The hashes of RFC 6238. */
public enum Algorithm {
  /** HMAC-SHA-1, which nearly all accounts use. */
  SHA1("HmacSHA1"),
  /** HMAC-SHA-256. */
  SHA256("HmacSHA256"),
  /** HMAC-SHA-512. */
  SHA512("HmacSHA512");

  private final String macName;

  Algorithm(String macName) {
    this.macName = macName;
  }

  String macName() {
    return macName;
  }
}

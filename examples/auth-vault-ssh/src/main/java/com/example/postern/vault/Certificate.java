package com.example.postern.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An ed25519 certificate of OpenSSH (PROTOCOL.certkeys).
 *
 * @param blob as it goes over the wire
 * @param point the key that it certifies
 * @param kind 1 for a user, 2 for a host
 * @param validAfter seconds since the epoch, unsigned
 * @param validBefore seconds since the epoch, unsigned
 * @param authority the fingerprint of who signed it
 */
record Certificate(
    byte[] blob,
    byte[] point,
    long serial,
    int kind,
    List<String> principals,
    long validAfter,
    long validBefore,
    String authority) {
  static final String TYPE = "ssh-ed25519-cert-v01@openssh.com";
  static final int USER = 1;

  /**
   * Reads the line of a {@code -cert.pub} file.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static Certificate parse(String line) {
    String[] words = line.strip().split(" ", 3);
    if (!words[0].equals(TYPE) || words.length < 2) {
      throw new IllegalArgumentException("it is of the type '%s'".formatted(Plain.line(words[0])));
    }
    byte[] blob = Base64.getDecoder().decode(words[1]);
    WireReader reader = new WireReader(blob);
    if (!reader.text().equals(TYPE)) {
      throw new IllegalArgumentException("its type is not the one that stands before it");
    }
    reader.string(); // the nonce
    byte[] point = reader.string();
    long serial = reader.uint64();
    int kind = reader.uint32();
    reader.string(); // the key's id
    List<String> principals = texts(reader.string());
    long validAfter = reader.uint64();
    long validBefore = reader.uint64();
    reader.string(); // critical options, which are the server's to judge
    reader.string(); // extensions
    reader.string(); // reserved
    String authority = fingerprint(reader.string());
    reader.string(); // the signature
    if (!reader.isAtEnd()) {
      throw new IllegalArgumentException("something follows it");
    }
    return new Certificate(
        blob, point, serial, kind, principals, validAfter, validBefore, authority);
  }

  private static List<String> texts(byte[] packed) {
    WireReader reader = new WireReader(packed);
    List<String> texts = new ArrayList<>();
    while (!reader.isAtEnd()) {
      texts.add(reader.text());
    }
    return List.copyOf(texts);
  }

  private static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  boolean hasBegun(Instant now) {
    return Long.compareUnsigned(now.getEpochSecond(), validAfter) >= 0;
  }

  boolean hasEnded(Instant now) {
    return Long.compareUnsigned(now.getEpochSecond(), validBefore) >= 0;
  }

  /** Whether it can be used now, and for some time after. */
  boolean isFresh(Instant now, Duration margin) {
    return hasBegun(now) && !hasEnded(now) && !hasEnded(now.plus(margin));
  }

  String beginning() {
    return moment(validAfter);
  }

  String end() {
    return moment(validBefore);
  }

  private static String moment(long seconds) {
    boolean sane = seconds >= 0 && seconds <= Instant.MAX.getEpochSecond();
    return sane ? Instant.ofEpochSecond(seconds).toString() : "the end of time";
  }

  @Override
  public byte[] blob() {
    return blob.clone();
  }
}

package dev.postern.core.auth;

import dev.postern.api.secret.SecretValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** Remembers what a server refused, as salted digests, so that it is not sent again. */
final class RefusedSecrets {
  private final byte[] salt = new byte[16];
  private final Set<String> refused = new HashSet<>();

  RefusedSecrets() {
    new SecureRandom().nextBytes(salt);
  }

  /** A name for a value that does not tell the value. */
  String digest(SecretValue value) {
    byte[] bytes = value.utf8();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  void refuse(String digest) {
    refused.add(digest);
  }

  boolean contains(String digest) {
    return refused.contains(digest);
  }
}

package dev.postern.integration;

import java.security.SecureRandom;

/** Seeds for code generators. */
final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  static String newSeed() {
    SecureRandom random = new SecureRandom();
    StringBuilder seed = new StringBuilder();
    for (int i = 0; i < 26; i++) {
      seed.append(BASE32.charAt(random.nextInt(32)));
    }
    return seed.toString();
  }
}

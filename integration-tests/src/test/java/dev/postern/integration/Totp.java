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

  /** The seed in hexadecimal, without the bits that fill no octet. */
  static String hex(String seed) {
    StringBuilder bits = new StringBuilder();
    for (char letter : seed.toCharArray()) {
      String five = Integer.toBinaryString(32 + BASE32.indexOf(letter)).substring(1);
      bits.append(five);
    }
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i + 8 <= bits.length(); i += 8) {
      hex.append("%02x".formatted(Integer.parseInt(bits.substring(i, i + 8), 2)));
    }
    return hex.toString();
  }
}

package com.example.postern.connector.playground;

import java.util.Random;
import java.util.UUID;

/** Who may see the users; of a stand-in, and worth nothing. */
public record PlaygroundSecrets(
    String apiKey,
    String basicUser,
    String basicPassword,
    String bearerToken,
    String sessionUser,
    String sessionPassword) {

  static PlaygroundSecrets random(Random random) {
    return new PlaygroundSecrets(
        uuid(random),
        hex(random, 5) + "@example.com",
        hex(random, 8),
        uuid(random),
        hex(random, 5) + "@example.com",
        hex(random, 10));
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String hex(Random random, int digits) {
    return "%010x".formatted(random.nextLong() & 0xffffffffffL).substring(0, digits);
  }
}

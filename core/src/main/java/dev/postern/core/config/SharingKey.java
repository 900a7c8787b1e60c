package dev.postern.core.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a hop by all its settings, so that only equal hops are shared. A digest, since the settings
 * hold secrets.
 */
final class SharingKey {
  private SharingKey() {}

  static String of(List<BoundSetting> settings, String hopPath) {
    StringBuilder text = new StringBuilder();
    settings.stream()
        .map(
            setting -> setting.path().substring(hopPath.length()) + "=" + setting.identity() + "\n")
        .sorted()
        .forEach(text::append);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

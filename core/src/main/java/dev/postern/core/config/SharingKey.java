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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      settings.stream()
          .map(setting -> rendered(setting, hopPath))
          .sorted()
          .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** With the lengths in it, no value can pass for the end of itself and another setting. */
  private static String rendered(BoundSetting setting, String hopPath) {
    String key = setting.path().substring(hopPath.length());
    String value = setting.identity();
    return key.length() + ":" + key + "=" + value.length() + ":" + value + "\n";
  }
}

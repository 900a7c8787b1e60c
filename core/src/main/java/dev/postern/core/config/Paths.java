package dev.postern.core.config;

/** Writes the paths of keys. */
final class Paths {
  private Paths() {}

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String element(String path, int index) {
    return path + "[" + index + "]";
  }
}

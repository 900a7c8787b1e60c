package dev.postern.core.hostkey;

/**
 * Writes names in lower case, as OpenSSH does: ASCII alone. To Unicode the Kelvin sign is a large
 * k, and one host's key would do for another.
 */
final class Lower {
  private Lower() {}

  static String of(String name) {
    StringBuilder result = new StringBuilder(name);
    for (int i = 0; i < result.length(); i++) {
      char character = result.charAt(i);
      if (character >= 'A' && character <= 'Z') {
        result.setCharAt(i, (char) (character + ('a' - 'A')));
      }
    }
    return result.toString();
  }
}

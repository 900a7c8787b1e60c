package dev.postern.core.hostkey;

/** OpenSSH's patterns: {@code *} is any characters, {@code ?} is one. */
final class Wildcard {
  private Wildcard() {}

  /** In time of at most the product of both lengths, whatever the pattern. */
  static boolean match(String pattern, String text) {
    int inPattern = 0;
    int inText = 0;
    int afterStar = -1;
    int retry = 0;
    while (inText < text.length()) {
      char expected = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
      if (expected == '*') {
        inPattern++;
        afterStar = inPattern;
        retry = inText;
      } else if (inPattern < pattern.length()
          && (expected == '?' || expected == text.charAt(inText))) {
        inPattern++;
        inText++;
      } else if (afterStar >= 0) {
        inPattern = afterStar;
        retry++;
        inText = retry;
      } else {
        return false;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == pattern.length();
  }
}

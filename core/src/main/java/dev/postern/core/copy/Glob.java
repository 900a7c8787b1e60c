package dev.postern.core.copy;

/**
 * One name against one pattern, as the shell has it: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [!a-z]}, and a backslash before what is meant as it is. A leading dot matches only a dot.
 */
final class Glob {
  private Glob() {}

  static boolean isPattern(String text) {
    return text.chars().anyMatch(each -> each == '*' || each == '?' || each == '[' || each == '\\');
  }

  /** The text that a pattern without wildcards stands for. */
  static String literal(String pattern) {
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
      }
      text.append(pattern.charAt(i));
    }
    return text.toString();
  }

  static boolean hasWildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char each = pattern.charAt(i);
      if (each == '\\') {
        i++;
      } else if (each == '*' || each == '?' || each == '[') {
        return true;
      }
    }
    return false;
  }

  static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) {
      return false;
    }
    int[] wanted = pattern.codePoints().toArray();
    int[] given = name.codePoints().toArray();
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    // The last star takes one more each time: never worse than the product of the lengths.
    while (n < given.length) {
      int next = p < wanted.length && wanted[p] != '*' ? one(wanted, p, given[n]) : -1;
      if (p < wanted.length && wanted[p] == '*') {
        star = p++;
        starName = n;
      } else if (next >= 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < wanted.length && wanted[p] == '*') {
      p++;
    }
    return p == wanted.length;
  }

  /**
   * Where the pattern goes on when its part at {@code p} takes the character; -1 if it does not.
   */
  private static int one(int[] pattern, int p, int character) {
    int each = pattern[p];
    if (each == '?') {
      return p + 1;
    }
    if (each == '\\' && p + 1 < pattern.length) {
      return pattern[p + 1] == character ? p + 2 : -1;
    }
    if (each == '[') {
      int end = endOfSet(pattern, p);
      if (end > 0) {
        return inSet(pattern, p + 1, end, character) ? end + 1 : -1;
      }
    }
    return each == character ? p + 1 : -1;
  }

  private static int endOfSet(int[] pattern, int open) {
    int i = open + 1;
    if (i < pattern.length && (pattern[i] == '!' || pattern[i] == '^')) {
      i++;
    }
    for (i++; i < pattern.length; i++) {
      if (pattern[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private static boolean inSet(int[] pattern, int begin, int end, int character) {
    boolean negated = pattern[begin] == '!' || pattern[begin] == '^';
    boolean found = false;
    for (int i = negated ? begin + 1 : begin; i < end; i++) {
      int low = pattern[i];
      int high = low;
      if (i + 2 < end && pattern[i + 1] == '-') {
        high = pattern[i + 2];
        i += 2;
      }
      found |= low <= character && character <= high;
    }
    return found != negated;
  }
}

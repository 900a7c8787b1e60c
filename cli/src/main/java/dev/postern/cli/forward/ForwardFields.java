package dev.postern.cli.forward;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a forward's text: separated by colons, or by the blank that ssh_config has between
 * its two halves. Brackets keep the colons of an IPv6 address together, and a backslash any other;
 * what has a slash is a path.
 */
record ForwardFields(List<Field> fields) {
  record Field(String text, boolean isPath) {}

  /**
   * Splits a text.
   *
   * @throws IllegalArgumentException if a bracket is not closed
   */
  static ForwardFields of(String text) {
    List<Field> fields = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = text.startsWith("[", start) ? bracketed(text, start) : plain(text, start);
      fields.add(field(text.substring(start, end)));
      start = end + 1;
    }
    return new ForwardFields(List.copyOf(fields));
  }

  private static int bracketed(String text, int start) {
    int close = text.indexOf(']', start);
    boolean ends = close > 0 && (close + 1 == text.length() || isEnd(text.charAt(close + 1)));
    if (!ends) {
      throw new IllegalArgumentException("a bracket is not closed");
    }
    return close + 1;
  }

  private static int plain(String text, int start) {
    int end = start;
    while (end < text.length() && !isEnd(text.charAt(end))) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  private static boolean isEnd(char character) {
    return character == ':' || character == ' ' || character == '\t';
  }

  private static Field field(String raw) {
    String text =
        raw.startsWith("[") ? raw.substring(1, raw.length() - 1) : raw.replaceAll("\\\\(.)", "$1");
    return new Field(text, text.indexOf('/') >= 0);
  }

  int size() {
    return fields.size();
  }

  String text(int index) {
    return fields.get(index).text();
  }

  boolean isPath(int index) {
    return fields.get(index).isPath();
  }
}

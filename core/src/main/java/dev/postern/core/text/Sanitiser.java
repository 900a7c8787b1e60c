package dev.postern.core.text;

/**
 * Makes a server's text fit for a terminal, a log and an error: control characters, escape
 * sequences, bidirectional overrides and invisible characters are written as visible escapes, and
 * the length is bounded.
 */
public final class Sanitiser {
  private static final int LINE_LIMIT = 1_000;
  private static final int TEXT_LIMIT = 8_000;

  private Sanitiser() {}

  /** For text that goes into a line of ours: line breaks are escaped too. */
  public static String line(String text) {
    return clean(text, LINE_LIMIT, false);
  }

  /**
   * For text that stands on lines of its own: line feeds and tabs stay, a carriage return before a
   * line feed goes.
   */
  public static String lines(String text) {
    return clean(text.replace("\r\n", "\n"), TEXT_LIMIT, true);
  }

  private static String clean(String text, int limit, boolean keepLines) {
    StringBuilder result = new StringBuilder(Math.min(text.length(), limit) + 16);
    int index = 0;
    while (index < text.length()) {
      if (result.length() >= limit) {
        return result
            .append("… (")
            .append(text.length() - index)
            .append(" more characters)")
            .toString();
      }
      int point = text.codePointAt(index);
      index += Character.charCount(point);
      if (keepLines && (point == '\n' || point == '\t')) {
        result.append((char) point);
      } else if (isHarmless(point)) {
        result.appendCodePoint(point);
      } else {
        appendEscape(result, point);
      }
    }
    return result.toString();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void appendEscape(StringBuilder result, int point) {
    switch (point) {
      case '\n' -> result.append("\\n");
      case '\r' -> result.append("\\r");
      case '\t' -> result.append("\\t");
      default ->
          result.append(point < 0x100 ? "\\x%02x".formatted(point) : "\\u{%x}".formatted(point));
    }
  }
}

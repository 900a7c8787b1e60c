package com.example.postern.connector.config;

/** Makes the text of somebody else fit for a line of ours. */
public final class Clean {
  private static final int LONGEST = 200;

  private Clean() {}

  /** Without control, formatting and invisible characters, and not too long. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(point -> line.appendCodePoint(shown(point)));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      line.append('…');
    }
    return line.toString().strip();
  }

  private static int shown(int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
        return ' ';
      case Character.FORMAT:
      case Character.SURROGATE:
      case Character.PRIVATE_USE:
      case Character.UNASSIGNED:
        return 0xfffd;
      default:
        return point;
    }
  }
}

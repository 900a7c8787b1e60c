package com.example.postern.vault;

/** Texts that may stand in a URL, a header or a message as they are. */
final class Plain {
  private static final int LIMIT = 300;

  private Plain() {}

  /** A principal, an extension: no space, and no comma, which the API separates them with. */
  static boolean isName(String text) {
    return text.matches("[!-+\\--~]{1,255}");
  }

  /** Segments as they stand in a URL, none of which leads elsewhere. */
  static boolean isPath(String text) {
    return text.length() <= 255
        && text.matches("[A-Za-z0-9._~@-]+(/[A-Za-z0-9._~@-]+)*")
        && !("/" + text + "/").matches(".*/\\.{1,2}/.*");
  }

  /** Somebody else's words on one line of ours. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(LIMIT)
        .map(point -> isShown(point) ? point : ' ')
        .forEach(line::appendCodePoint);
    return text.strip().codePointCount(0, text.strip().length()) > LIMIT
        ? line + "…"
        : line.toString();
  }

  private static boolean isShown(int point) {
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
}

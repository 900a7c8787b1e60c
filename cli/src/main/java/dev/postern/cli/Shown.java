package dev.postern.cli;

import dev.postern.core.text.Sanitiser;

/** What was typed, fit to be printed back. */
final class Shown {
  private Shown() {}

  static String text(String typed) {
    return Sanitiser.line(typed);
  }
}

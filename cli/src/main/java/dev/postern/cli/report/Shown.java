package dev.postern.cli.report;

import dev.postern.core.text.Sanitiser;

/** What was typed, fit to be printed back. */
public final class Shown {
  private Shown() {}

  public static String text(String typed) {
    return Sanitiser.line(typed);
  }
}

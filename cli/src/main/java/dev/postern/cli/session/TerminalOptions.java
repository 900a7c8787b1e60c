package dev.postern.cli.session;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Whether the far end gets a terminal, and which key is the escape key. */
public final class TerminalOptions {
  @Option(
      names = "-t",
      description = "A terminal at the far end, if standard input is one; -tt: in any case.")
  private boolean[] terminal = new boolean[0];

  @Option(
      names = "-e",
      paramLabel = "CHAR",
      defaultValue = "~",
      description = "The escape key of a terminal, or none (default: ${DEFAULT-VALUE}).")
  private String escape = "~";

  public boolean isWanted() {
    return terminal.length > 0;
  }

  public boolean isForced() {
    return terminal.length > 1;
  }

  public OptionalInt escapeKey() {
    return EscapeKey.parse(escape);
  }
}

package dev.postern.cli.session;

import dev.postern.circuit.RemoteProcess;
import java.io.IOException;
import java.io.PrintStream;

/** What the escape key does, told on a terminal that is raw. */
final class TerminalEscapes implements EscapingOutput.Escapes {
  private final PrintStream error;
  private final String key;
  private final RemoteProcess process;
  private final LocalTerminal terminal;

  TerminalEscapes(PrintStream error, int key, RemoteProcess process, LocalTerminal terminal) {
    this.error = error;
    this.key = EscapeKey.shown(key);
    this.process = process;
    this.terminal = terminal;
  }

  @Override
  public void disconnect() {
    error.print(key + ".\r\n");
    process.close();
  }

  @Override
  public void suspend() {
    error.print(key + "^Z\r\n");
    try {
      terminal.suspend();
    } catch (IOException e) {
      terminal.enter();
    }
  }

  @Override
  public void help() {
    error.print(
        """
        %1$s?
        Keys after %1$s at the beginning of a line:
         %1$s.   leave the far end
         %1$s^Z  suspend postern
         %1$s%1$s   send %1$s
         %1$s?   this list
        """
            .formatted(key)
            .replace("\n", "\r\n"));
  }
}

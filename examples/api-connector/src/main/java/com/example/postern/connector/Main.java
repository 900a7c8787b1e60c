package com.example.postern.connector;

import com.example.postern.connector.api.Patience;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Ends with 0, 1 if a run failed, or 2 if it was told what does not hold. */
  public static void main(String[] arguments) {
    System.exit(ConnectorCommand.line(Patience.USUAL).execute(arguments));
  }
}

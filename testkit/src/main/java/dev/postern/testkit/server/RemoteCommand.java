package dev.postern.testkit.server;

import java.io.IOException;
import java.io.OutputStream;

/** What an embedded server does when it is told to run a command. */
@FunctionalInterface
public interface RemoteCommand {
  /**
   * Runs a command.
   *
   * @param line as the client sent it
   * @param output its standard output
   * @return its exit code
   */
  int run(String line, OutputStream output) throws IOException;
}

package dev.postern.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apiguardian.api.API;

/** What an embedded server does when it is told to run a command. */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface RemoteCommand {
  /**
   * Runs a command, on a thread of its own, which is interrupted when the client closes the
   * channel.
   *
   * @param line as the client sent it
   * @param input what the client sends; at its end when the client says so
   * @param output its standard output
   * @param error its standard error
   * @return its exit code
   * @throws IOException if a stream fails; the command then ends with 1
   */
  int run(String line, InputStream input, OutputStream output, OutputStream error)
      throws IOException;
}

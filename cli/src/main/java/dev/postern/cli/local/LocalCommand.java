package dev.postern.cli.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;

/**
 * A command of this machine with our standard streams. It stays in our process group, so that what
 * is typed at the terminal, Ctrl-C too, is the command's without us.
 */
public final class LocalCommand {
  private final Process process;

  private LocalCommand(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param words the program, found as a shell finds it, and its arguments
   * @param variables what its environment has besides ours
   * @throws IOException if there is no such program, or it cannot be started
   */
  public static LocalCommand start(List<String> words, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().keySet().removeIf(ForwardVariables::isOurs);
    builder.environment().putAll(variables);
    return new LocalCommand(builder.start());
  }

  /** Waits for its end, and gives its exit code: 128 and the signal if one ended it. */
  public int await() throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGHUP, which Java does not send. */
  public void hangUp() {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -s HUP \"$0\"", String.valueOf(process.pid()))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      process.destroy();
    }
  }
}

package dev.postern.core.person;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The mode of the controlling terminal, kept to be put back. {@code stty} does the work: Java has
 * no call for it.
 */
public final class TerminalMode {
  private static final File TERMINAL = new File("/dev/tty");

  private final String saved;

  private TerminalMode(String saved) {
    this.saved = saved;
  }

  /** The mode that the terminal is in. */
  public static TerminalMode current() throws IOException {
    return new TerminalMode(stty("-g").strip());
  }

  /** The terminal's size: rows, then columns. */
  public static int[] size() throws IOException {
    String[] parts = stty("size").strip().split(" ");
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }

  /** Everything about it, as {@code stty -a} prints it. */
  public static String report() throws IOException {
    return stty("-a");
  }

  /** Shows nothing of what is typed. */
  public void hideInput() throws IOException {
    stty("-echo");
  }

  /** Passes every key on as it is. */
  public void raw() throws IOException {
    stty("raw", "-echo");
  }

  /** Puts the saved mode back. */
  public void restore() throws IOException {
    stty(saved);
  }

  /** The same, for the end of the process. */
  public void restoreQuietly() {
    try {
      restore();
    } catch (IOException e) {
      // There is no terminal any more.
    }
  }

  private static String stty(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(TERMINAL).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("stty failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }
}

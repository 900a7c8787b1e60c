package dev.postern.cli;

import picocli.CommandLine;

/** The entry point of {@code postern}. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its exit code, without waiting for threads that
   * still read.
   */
  public static void main(String[] arguments) {
    int code = commandLine(new Console(System.getenv())).execute(arguments);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  static CommandLine commandLine(Console console) {
    CommandLine commandLine = new CommandLine(new PosternCommand(), new Commands(console));
    commandLine.setExecutionExceptionHandler(new FailureHandler(console));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }
}

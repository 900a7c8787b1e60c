package dev.postern.cli;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = run(Surroundings.ofProcess(), arguments);
    // What still reads standard input must not hold the process.
    System.exit(exitCode);
  }

  static int run(Surroundings surroundings, String... arguments) {
    return CommandTree.of(surroundings).execute(arguments);
  }
}

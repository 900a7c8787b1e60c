package dev.postern.cli;

import dev.postern.cli.surroundings.Surroundings;

/** Where the process begins. */
public final class Main {
  private static final String BOUNCY_CASTLE = "org.apache.sshd.security.provider.BC.enabled";

  private static final String UNUSED_TYPES = "picocli.converters.excludes";

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    settle();
    Ahead.of(arguments);
    int exitCode = run(Surroundings.ofProcess(), arguments);
    // What still reads standard input must not hold the process.
    System.exit(exitCode);
  }

  /** What holds for the whole process. */
  static void settle() {
    // If a plugin has it lie beside us, its signed jar would cost every command a fifth of a
    // second,
    // for nothing: what we need of it is in postern-post-quantum. Here the process is ours.
    if (System.getProperty(BOUNCY_CASTLE) == null) {
      System.setProperty(BOUNCY_CASTLE, "false");
    }
    // No option of ours has such a type, and to be ready for them picocli loads all of java.time.
    System.setProperty(UNUSED_TYPES, "java\\.(time|sql)\\..*");
  }

  static int run(Surroundings surroundings, String... arguments) {
    return CommandTree.of(surroundings, arguments).execute(arguments);
  }
}

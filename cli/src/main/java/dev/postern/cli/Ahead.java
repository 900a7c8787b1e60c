package dev.postern.cli;

import dev.postern.Postern;
import java.util.Arrays;
import java.util.Set;

/** Loads SSH while the command line and the configuration are read: it takes as long. */
final class Ahead {
  private static final Set<String> OPENING = Set.of("exec", "shell", "forward", "copy", "run");

  private Ahead() {}

  static void of(String[] arguments) {
    if (!opens(arguments)) {
      return;
    }
    Thread thread = new Thread(Postern::warmUp, "postern-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean opens(String[] arguments) {
    return arguments.length > 1
        && OPENING.contains(arguments[0])
        && !Arrays.asList(arguments).contains("--help");
  }
}

package dev.postern.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code postern demo}. */
@Command(
    name = "demo",
    description =
        "Shows the main job on servers of its own: a route of two hops, a command, a forward, the trail.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (DemoWorld world = DemoWorld.start()) {
      new Demo(console, world).run();
    }
    return 0;
  }
}

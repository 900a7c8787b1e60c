package dev.postern.cli.demo;

import dev.postern.circuit.CircuitException;
import dev.postern.cli.command.PlainCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code postern demo}. */
@Command(name = "demo", description = DemoCommand.DESCRIPTION)
public final class DemoCommand extends PlainCommand {
  public static final String DESCRIPTION =
      "Shows the main job on servers of its own: a route of two hops, a command, a forward, the trail.";

  public DemoCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws CircuitException, IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start()) {
      new Demo(surroundings().printer(), world).run();
    }
    return ExitCodes.OK;
  }
}

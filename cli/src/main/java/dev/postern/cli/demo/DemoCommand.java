package dev.postern.cli.demo;

import dev.postern.circuit.CircuitException;
import dev.postern.cli.command.PlainCommand;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Command;

/** {@code postern demo}. */
@Command(
    name = "demo",
    description =
        "Shows the main job on servers of its own: a route of two hops, a command, a forward, the trail.")
public final class DemoCommand extends PlainCommand {
  public DemoCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws CircuitException, IOException, InterruptedException {
    try (DemoWorld world = DemoWorld.start()) {
      new Demo(surroundings().printer(), world).run();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java cannot make the demo's keys: " + e.getMessage(), e);
    }
    return ExitCodes.OK;
  }
}

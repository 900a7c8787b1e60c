package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.person.TerminalMode;
import dev.postern.core.person.TerminalPerson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern shell ROUTE}. */
@Command(
    name = "shell",
    description = "A login shell at the end of a route, on your terminal.",
    mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RouteOptions route = new RouteOptions();

  ShellCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (!TerminalPerson.hasTerminal()) {
      throw new CommandFailure("a shell needs a terminal; use exec for commands without one");
    }
    try (Postern postern = route.postern(console);
        Interruption interruption = Interruption.closing(postern);
        Circuit circuit = route.open(postern, console)) {
      int[] size = TerminalMode.size();
      String type = console.environment().getOrDefault("TERM", "xterm");
      try (RemoteProcess process = circuit.shell(new TerminalRequest(type, size[1], size[0]))) {
        ExecResult result = run(process);
        interruption.done();
        console.say("Connection to " + route.name() + " closed.");
        return result.exitStatus().orElse(FailureHandler.OURS);
      }
    }
  }

  private ExecResult run(RemoteProcess process) throws Exception {
    TerminalMode before = TerminalMode.current();
    Thread restore = new Thread(before::restoreQuietly, "postern-restore-terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    try {
      before.raw();
      WindowChanges.listen(() -> resize(process));
      Pumps pumps = Pumps.start(process, console);
      ExecResult result = process.waitFor();
      pumps.finish();
      return result;
    } finally {
      before.restore();
      Runtime.getRuntime().removeShutdownHook(restore);
    }
  }

  private static void resize(RemoteProcess process) {
    try {
      int[] size = TerminalMode.size();
      process.resize(size[1], size[0]);
    } catch (IOException e) {
      // The terminal is gone; the shell will notice.
    }
  }
}

package dev.postern.transport.proxy.command;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;
import dev.postern.api.transport.Transport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the program, and ends it with the hop. */
final class CommandTransport implements Transport {
  private final CommandConfig config;
  private final HopContext hop;
  private @Nullable ProgramChannel running;
  private boolean closed;

  CommandTransport(CommandConfig config, HopContext hop) {
    this.config = config;
    this.hop = hop;
  }

  @Override
  public Link open(Endpoint endpoint, @Nullable PreviousHop previous)
      throws IOException, InterruptedException {
    if (previous != null) {
      throw new MisconfiguredException(
          "it starts a program on this machine, which does not go through another hop; use 'jump', or make this the first hop");
    }
    List<String> command = Arguments.fill(config.command(), endpoint, hop.hop().user());
    Map<String, String> environment = environment();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Program program = Program.start(command, environment, hop.home());
    hop.note("through the program '%s' (process %d)".formatted(program.name(), program.id()));
    ProgramChannel channel =
        new ProgramChannel(program, StandardError.of(program, line -> tell(program, line)));
    keep(channel, program);
    return Link.over(channel);
  }

  private Map<String, String> environment() throws IOException, InterruptedException {
    Map<String, String> result = new HashMap<>();
    for (Map.Entry<String, Secret> variable : config.environment().entrySet()) {
      try (SecretValue value = variable.getValue().read()) {
        result.put(variable.getKey(), new String(value.chars()));
      } catch (SecretException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("waited for the value of " + variable.getKey());
        }
        throw new IOException(
            "the value of %s, for the program's environment, is not to be had: %s"
                .formatted(variable.getKey(), e.getMessage()),
            e);
      }
    }
    return result;
  }

  private void tell(Program program, String line) {
    // Many programs say their own name.
    String label = program.name() + ": ";
    String labelled = line.startsWith(label) ? line : label + line;
    hop.note(labelled);
    if (config.showStderr()) {
      hop.person().tell(labelled);
    }
  }

  private void keep(ProgramChannel channel, Program program) throws IOException {
    synchronized (this) {
      if (!closed) {
        running = channel;
        return;
      }
    }
    channel.close();
    throw new IOException("the hop was closed while '%s' was started".formatted(program.name()));
  }

  /** Also while it is being opened, by another thread. */
  @Override
  public void close() {
    ProgramChannel last;
    synchronized (this) {
      closed = true;
      last = running;
      running = null;
    }
    if (last != null) {
      last.close();
    }
  }
}

package dev.postern.transport.proxy.command;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.util.List;
import java.util.Map;

/** The settings of the transport {@code command}. */
@Doc("Reaches the hop over the standard input and output of a program; there is no shell.")
public record CommandConfig(
    @Doc(
            value =
                "The program and its arguments. In each, %h is the hop's host, %p its port, %r its user, %% a percent sign.",
            example = "[\"cloudflared\", \"access\", \"ssh\", \"--hostname\", \"%h\"]")
        List<String> command,
    @Default("{}")
        @Doc(
            value = "Variables to add to the program's environment; they may be secrets.",
            example = "{ AWS_PROFILE = prod }")
        Map<String, Secret> environment,
    @Default("false") @Doc("Whether the person sees the program's standard error at once.")
        boolean showStderr) {
  /** Checks the values. */
  public CommandConfig {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw new IllegalArgumentException("command: the program is not named");
    }
    command.forEach(Arguments::check);
    for (String name : environment.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "environment: '%s' is no name of a variable".formatted(name));
      }
    }
  }
}

package dev.postern.auth.publickey;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.PluginContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which agent the settings mean.
 *
 * @param mode whether to use one, and how badly
 * @param socket the socket, for a named one
 */
record AgentChoice(Mode mode, Optional<Path> socket) {
  /** How an agent is used. */
  enum Mode {
    /** Not at all. */
    OFF,
    /** If {@code SSH_AUTH_SOCK} names one that answers. */
    IF_THERE,
    /** The one of {@code SSH_AUTH_SOCK}, which must answer. */
    ENVIRONMENT,
    /** The one at a named socket, which must answer. */
    NAMED
  }

  static AgentChoice of(Optional<String> setting, PluginContext context) {
    if (setting.isEmpty()) {
      return new AgentChoice(Mode.IF_THERE, Optional.empty());
    }
    String text = setting.get();
    return switch (text) {
      case "true" -> new AgentChoice(Mode.ENVIRONMENT, Optional.empty());
      case "false" -> new AgentChoice(Mode.OFF, Optional.empty());
      case "" ->
          throw new MisconfiguredException("agent is empty; expected true, false or a socket");
      default -> new AgentChoice(Mode.NAMED, Optional.of(path(text, context.home())));
    };
  }

  /** Whether the settings say that there is an agent. */
  boolean isRequired() {
    return mode == Mode.ENVIRONMENT || mode == Mode.NAMED;
  }

  /** Connects to the agent, empty if there is none and none is required. */
  Optional<Agent> connect(PluginContext context, Agent.Limits limits) {
    Optional<Path> path = mode == Mode.OFF ? Optional.empty() : path(context);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Agent.connect(path.get(), limits));
    } catch (IOException e) {
      if (isRequired()) {
        throw new MisconfiguredException(
            "%s; start it, or correct the setting agent".formatted(e.getMessage()), e);
      }
      return Optional.empty();
    }
  }

  private Optional<Path> path(PluginContext context) {
    if (socket.isPresent()) {
      return socket;
    }
    Optional<String> variable =
        context.environment("SSH_AUTH_SOCK").filter(value -> !value.isEmpty());
    if (variable.isEmpty() && isRequired()) {
      throw new MisconfiguredException(
          "agent is true but SSH_AUTH_SOCK is not set; start ssh-agent or name its socket");
    }
    return variable.map(value -> path(value, context.home()));
  }

  private static Path path(String text, Path home) {
    try {
      return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    } catch (InvalidPathException e) {
      throw new MisconfiguredException("agent is not a path: " + e.getReason(), e);
    }
  }
}

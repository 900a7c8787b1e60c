package dev.postern.transport.proxy.command;

import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;

/** The transport {@code command}: OpenSSH's ProxyCommand, without a shell. */
public final class CommandProvider implements TransportProvider<CommandConfig> {
  @Override
  public String type() {
    return "command";
  }

  @Override
  public Class<CommandConfig> configType() {
    return CommandConfig.class;
  }

  @Override
  public Transport create(CommandConfig config, HopContext hop) {
    return new CommandTransport(config, hop);
  }
}

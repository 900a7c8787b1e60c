package dev.postern.transport.jump;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;

/**
 * The transport {@code jump}: a {@code direct-tcpip} channel of the hop before (RFC 4254 section
 * 7.2), which also resolves the name.
 */
public final class JumpProvider implements TransportProvider<JumpConfig> {
  @Override
  public String type() {
    return "jump";
  }

  @Override
  public Class<JumpConfig> configType() {
    return JumpConfig.class;
  }

  @Override
  public Transport create(JumpConfig config, HopContext hop) {
    return (endpoint, previous) -> {
      if (previous == null) {
        throw new MisconfiguredException(
            "the transport 'jump' needs a hop before it; the first hop is reached by 'direct'");
      }
      return previous.openTcp(endpoint);
    };
  }
}

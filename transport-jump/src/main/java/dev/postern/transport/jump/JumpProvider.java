package dev.postern.transport.jump;

import static java.util.Objects.requireNonNull;

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
    if (hop.hop().index() == 1) {
      throw new MisconfiguredException(
          "the transport 'jump' needs a hop before it; the first hop is reached by 'direct'");
    }
    return (endpoint, previous) ->
        requireNonNull(previous, "there is no hop before this one").openTcp(endpoint);
  }
}

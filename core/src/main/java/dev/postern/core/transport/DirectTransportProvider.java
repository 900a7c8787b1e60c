package dev.postern.core.transport;

import dev.postern.api.config.Doc;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;

/** The transport {@code direct}: a TCP connection from this machine. */
public final class DirectTransportProvider
    implements TransportProvider<DirectTransportProvider.Config> {
  /** Nothing to set. */
  @Doc("Dials the hop from this machine; has no settings.")
  public record Config() {}

  @Override
  public String type() {
    return "direct";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Transport create(Config config, HopContext hop) {
    if (hop.hop().index() > 1) {
      throw new MisconfiguredException(
          "the transport 'direct' dials from this machine and cannot stand behind another hop; use 'jump'");
    }
    return (endpoint, previous) -> Link.dial(endpoint);
  }
}

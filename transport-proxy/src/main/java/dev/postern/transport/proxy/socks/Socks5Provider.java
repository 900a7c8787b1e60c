package dev.postern.transport.proxy.socks;

import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.transport.proxy.wire.Proxy;
import dev.postern.transport.proxy.wire.ProxyTransport;

/** The transport {@code socks5}: RFC 1928, with the user and password of RFC 1929. */
public final class Socks5Provider implements TransportProvider<Socks5Config> {
  @Override
  public String type() {
    return "socks5";
  }

  @Override
  public Class<Socks5Config> configType() {
    return Socks5Config.class;
  }

  @Override
  public Transport create(Socks5Config config, HopContext hop) {
    Proxy proxy = new Proxy(config.proxy(), "a SOCKS 5 proxy");
    return new ProxyTransport(proxy, hop, new Socks5Handshake(proxy, config.credentials(), hop));
  }
}

package dev.postern.transport.proxy.http;

import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.transport.proxy.wire.Proxy;
import dev.postern.transport.proxy.wire.ProxyTransport;

/**
 * The transport {@code http-connect}: CONNECT of RFC 9110 section 9.3.6, with the Basic
 * authentication of RFC 7617.
 */
public final class HttpConnectProvider implements TransportProvider<HttpConnectConfig> {
  @Override
  public String type() {
    return "http-connect";
  }

  @Override
  public Class<HttpConnectConfig> configType() {
    return HttpConnectConfig.class;
  }

  @Override
  public Transport create(HttpConnectConfig config, HopContext hop) {
    Proxy proxy = new Proxy(config.proxy(), "an HTTP proxy");
    return new ProxyTransport(proxy, hop, new ConnectHandshake(proxy, config, hop));
  }
}

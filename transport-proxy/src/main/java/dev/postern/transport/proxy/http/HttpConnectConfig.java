package dev.postern.transport.proxy.http;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.transport.proxy.wire.Credentials;
import java.util.Map;
import java.util.Optional;

/** The settings of the transport {@code http-connect}. */
@Doc("Reaches the hop through an HTTP proxy that serves CONNECT, and resolves the hop's name.")
public record HttpConnectConfig(
    @Doc(
            value = "Host and port of the proxy; behind another hop, as that hop sees it.",
            example = "\"proxy.example.com:8080\"")
        Endpoint proxy,
    @Doc(value = "Whom to sign in as at the proxy, if it asks (Basic).", example = "alice")
        Optional<String> user,
    @Doc("The user's password at the proxy; it goes there unencrypted.") Optional<Secret> password,
    @Default("{}")
        @Doc(
            value = "Headers to add to each request, whose values may be secrets.",
            example = "{ Proxy-Authorization = { env = PROXY_TOKEN } }")
        Map<String, Secret> headers) {
  /** Checks the values. */
  public HttpConnectConfig {
    headers = Map.copyOf(headers);
    headers.keySet().forEach(name -> Headers.check(name, user.isPresent()));
    if (Credentials.of(user, password).map(own -> !Headers.isUser(own.user())).orElse(false)) {
      throw new IllegalArgumentException(
          "'user' has a colon or a control character, which Basic cannot send");
    }
  }

  Optional<Credentials> credentials() {
    return Credentials.of(user, password);
  }
}

package dev.postern.transport.proxy.socks;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.transport.proxy.wire.Credentials;
import java.util.Optional;

/** The settings of the transport {@code socks5}. */
@Doc("Reaches the hop through a SOCKS 5 proxy, which resolves the hop's name.")
public record Socks5Config(
    @Doc(
            value = "Host and port of the proxy; behind another hop, as that hop sees it.",
            example = "\"proxy.example.com:8080\"")
        Endpoint proxy,
    @Doc(value = "Whom to sign in as at the proxy, if it asks.", example = "alice")
        Optional<String> user,
    @Doc("The user's password at the proxy; it goes there unencrypted.")
        Optional<Secret> password) {
  /** Checks the values. */
  public Socks5Config {
    if (Credentials.of(user, password).map(Socks5Config::tooLong).orElse(false)) {
      throw new IllegalArgumentException("'user' is longer than the 255 bytes of SOCKS 5");
    }
  }

  private static boolean tooLong(Credentials credentials) {
    return Field.utf8(credentials.user()).length > Field.LONGEST;
  }

  Optional<Credentials> credentials() {
    return Credentials.of(user, password);
  }
}

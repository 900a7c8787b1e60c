package dev.postern.transport.proxy.http;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.transport.proxy.wire.Credentials;
import dev.postern.transport.proxy.wire.Handshake;
import dev.postern.transport.proxy.wire.Proxy;
import dev.postern.transport.proxy.wire.ProxyConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks without credentials first: a proxy that wants none gets none. */
final class ConnectHandshake implements Handshake {
  /** No blank and no line break, which would end the request's line. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:-]+");

  private final Proxy proxy;
  private final HttpConnectConfig config;
  private final HopContext hop;

  ConnectHandshake(Proxy proxy, HttpConnectConfig config, HopContext hop) {
    this.proxy = proxy;
    this.config = config;
    this.hop = hop;
  }

  @Override
  public ProxyConnection perform(Endpoint target, Connector connector)
      throws IOException, InterruptedException {
    if (!HOST.matcher(target.host()).matches()) {
      throw new MisconfiguredException(
          "the host '%s' has a character that an HTTP proxy cannot be told; write the name in ASCII"
              .formatted(target.host()));
    }
    ProxyConnection connection = connector.connect();
    Optional<Credentials> sent = Optional.empty();
    ReplyHead reply = ask(connection, target, sent);
    if (reply.status() == ReplyHead.AUTHENTICATION_REQUIRED && config.credentials().isPresent()) {
      if (!reply.acceptsBasic()) {
        throw new IOException(
            "%s wants to be signed in to with %s, and only Basic is served"
                .formatted(proxy, reply.schemes()));
      }
      // Anew: not every proxy goes on on the connection that it refused.
      connection = connector.connect();
      sent = config.credentials();
      reply = ask(connection, target, sent);
    }
    if (!reply.isSuccess()) {
      throw new IOException(Refusal.sentence(reply, proxy, target, sent));
    }
    return connection;
  }

  private ReplyHead ask(ProxyConnection connection, Endpoint target, Optional<Credentials> as)
      throws IOException, InterruptedException {
    try (ConnectRequest request = new ConnectRequest(proxy, target)) {
      request.addHeaders(config.headers());
      if (as.isPresent()) {
        request.addBasic(as.get());
      }
      connection.send("CONNECT " + target, request.bytes());
    }
    ReplyHead reply = ReplyHead.read(connection, proxy);
    hop.note(
        "%s answered %s to CONNECT %s%s"
            .formatted(proxy, reply, target, as.map(own -> " as " + own.user()).orElse("")));
    return reply;
  }
}

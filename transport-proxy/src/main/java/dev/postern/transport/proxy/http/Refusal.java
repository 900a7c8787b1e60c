package dev.postern.transport.proxy.http;

import dev.postern.api.hop.Endpoint;
import dev.postern.transport.proxy.wire.Credentials;
import dev.postern.transport.proxy.wire.Proxy;
import java.util.Optional;

/** What a status says, and what to do about it. */
final class Refusal {
  private Refusal() {}

  /** With the credentials that were sent, if any were. */
  static String sentence(
      ReplyHead reply, Proxy proxy, Endpoint target, Optional<Credentials> sent) {
    // Some proxies ask with 407 and refuse with 401.
    boolean unauthorized = reply.status() == 401;
    boolean asked = reply.status() == ReplyHead.AUTHENTICATION_REQUIRED;
    if (sent.isPresent() && (asked || unauthorized)) {
      return "%s refused the user '%s' (it answered \"%s\"); check user and password"
          .formatted(proxy, sent.get().user(), reply);
    }
    if (asked) {
      return "%s wants us to sign in (it answered \"%s\"); set 'user' and 'password' of the transport"
          .formatted(proxy, reply);
    }
    return "%s did not connect to %s (it answered \"%s\"); %s"
        .formatted(proxy, target, reply, advice(reply.status()));
  }

  private static String advice(int status) {
    return switch (status) {
      case 400, 401, 404, 405, 501 ->
          "it may be a web server, or a proxy without CONNECT; check 'proxy'";
      case 403 -> "its rules do not allow it; have host and port allowed there";
      case 429, 503 -> "it is overloaded, or cannot reach the host; try later";
      case 500, 502, 504 ->
          "it cannot reach the host, whose name it resolves; check that an SSH server listens there";
      default -> "the proxy's log may say more";
    };
  }
}

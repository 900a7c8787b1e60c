package dev.postern.transport.proxy.socks;

import dev.postern.api.hop.Endpoint;
import dev.postern.transport.proxy.wire.Proxy;

/** Why a proxy did not connect (RFC 1928 section 6). */
enum ReplyCode {
  GENERAL_FAILURE("general failure", "the proxy's log may say more"),
  NOT_ALLOWED("its rules do not allow it", "have host and port allowed there"),
  NETWORK_UNREACHABLE("network unreachable", "check that the proxy has a way to the host"),
  HOST_UNREACHABLE("host unreachable", "check the host; its name is resolved by the proxy"),
  CONNECTION_REFUSED("connection refused", "check that an SSH server listens there"),
  EXPIRED("no answer in time", "check that nothing between the proxy and the host blocks it"),
  NO_CONNECT("it does not serve CONNECT", "use another proxy"),
  NO_SUCH_ADDRESS("it does not know addresses of this kind", "name the host in another way");

  private final String reason;
  private final String advice;

  ReplyCode(String reason, String advice) {
    this.reason = reason;
    this.advice = advice;
  }

  /** Code 1 is the first; 0 is success. */
  static String sentence(int code, Proxy proxy, Endpoint target) {
    if (code > values().length) {
      return "%s did not connect to %s, with a reply that SOCKS 5 does not have (%d); the proxy's log may say more"
          .formatted(proxy, target, code);
    }
    ReplyCode known = values()[code - 1];
    return "%s did not connect to %s: %s (reply %d); %s"
        .formatted(proxy, target, known.reason, code, known.advice);
  }
}

package dev.postern.transport.proxy.wire;

import dev.postern.api.hop.Endpoint;

/**
 * A proxy, as messages name it.
 *
 * @param kind with its article: "a SOCKS 5 proxy"
 */
public record Proxy(Endpoint endpoint, String kind) {
  /** An interrupted wait, with what it was for. */
  public InterruptedException interrupted(String waitedFor) {
    return new InterruptedException(
        "waited for %s; check that %s listens there".formatted(waitedFor, kind));
  }

  @Override
  public String toString() {
    return "the proxy " + endpoint;
  }
}

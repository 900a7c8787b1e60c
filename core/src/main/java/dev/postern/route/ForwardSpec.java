package dev.postern.route;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Endpoint;

/**
 * A listener on this machine whose connections go out at the far end of a circuit.
 *
 * @param bindHost the address to listen on, {@code 127.0.0.1} unless said
 * @param bindPort the port to listen on, 0 for any free one
 * @param target where connections go, resolved by the last hop
 */
public record ForwardSpec(String bindHost, int bindPort, Endpoint target) {
  /** Checks the values. */
  public ForwardSpec {
    requireNonNull(bindHost, "bindHost is null");
    requireNonNull(target, "target is null");
    if (bindPort < 0 || bindPort > 65_535) {
      throw new IllegalArgumentException("port " + bindPort + " is not from 0 to 65535");
    }
  }

  /** {@code 127.0.0.1:15432 -> localhost:5432}. */
  @Override
  public String toString() {
    return (bindHost.indexOf(':') < 0 ? bindHost : "[" + bindHost + "]")
        + ":"
        + bindPort
        + " -> "
        + target;
  }
}

package dev.postern.api.hop;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * A host and a TCP port. The name is not resolved: whoever connects does that.
 *
 * @param host a name or an address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Endpoint(String host, int port) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the host is empty or the port is not from 1 to 65535
   */
  public Endpoint {
    requireNonNull(host, "host is null");
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host is empty");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
    }
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}

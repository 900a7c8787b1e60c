package dev.postern.route;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Endpoint;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * A listener on this machine whose connections go out at the far end of a circuit.
 *
 * @param bindHost the address to listen on, {@code 127.0.0.1} unless said
 * @param bindPort the port to listen on, 0 for any free one
 * @param target where connections go, resolved by the last hop
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record ForwardSpec(String bindHost, int bindPort, Endpoint target) {
  private static final Pattern UNFIT = Pattern.compile("^-|[\\s\\p{Cntrl}]");

  /** Checks the values. */
  public ForwardSpec {
    requireNonNull(bindHost, "bindHost is null");
    requireNonNull(target, "target is null");
    if (bindPort < 0 || bindPort > 65_535) {
      throw new IllegalArgumentException("port " + bindPort + " is not from 0 to 65535");
    }
  }

  /**
   * A forward as it is written.
   *
   * @param local {@code 15432}, {@code 127.0.0.1:15432}, {@code [::1]:15432}, or {@code *:15432}
   *     for all interfaces
   * @param remote {@code localhost:5432}
   * @throws IllegalArgumentException if either cannot be understood; the message says which and how
   *     it should look
   */
  public static ForwardSpec of(String local, String remote) {
    int colon = local.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : unbracketed(local.substring(0, colon));
    int port = port(local.substring(colon + 1), local, "127.0.0.1:15432");
    int remoteColon = remote.lastIndexOf(':');
    String remoteHost = remoteColon < 0 ? "" : unbracketed(remote.substring(0, remoteColon));
    if (host.isEmpty() || remoteHost.isEmpty()) {
      throw new IllegalArgumentException(
          "a forward goes from a local address such as 127.0.0.1:15432 to a remote one such as localhost:5432, not from \"%s\" to \"%s\""
              .formatted(local, remote));
    }
    return new ForwardSpec(
        host,
        port,
        new Endpoint(
            remoteHost, port(remote.substring(remoteColon + 1), remote, "localhost:5432")));
  }

  private static String unbracketed(String host) {
    if (UNFIT.matcher(host).find()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be a host's name or address"
              .formatted(host.replaceAll("\\p{Cntrl}", "?")));
    }
    if (host.indexOf(':') >= 0 && !(host.startsWith("[") && host.endsWith("]"))) {
      throw new IllegalArgumentException(
          "\"%s\" is more than a host; put an IPv6 address in brackets: [::1]:5432"
              .formatted(host));
    }
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String text, String whole, String example) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" does not end in a port; write it like %s".formatted(whole, example), e);
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

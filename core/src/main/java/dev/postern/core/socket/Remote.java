package dev.postern.core.socket;

import dev.postern.api.hop.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The far end of a socket. The last hop resolves its name, also where this machine knows one like
 * it; so its address is not known here, and stands as {@code name/0.0.0.0}.
 */
final class Remote {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
  private static final byte[] UNKNOWN = new byte[4];

  private Remote() {}

  /** The same with an address in it, as nobody asks this machine's resolver then. */
  static InetSocketAddress named(InetSocketAddress address) throws UnknownHostException {
    return new InetSocketAddress(address(address.getHostString()), address.getPort());
  }

  static InetAddress address(String host) throws UnknownHostException {
    return LITERAL.matcher(host).matches()
        ? InetAddress.getByName(host)
        : InetAddress.getByAddress(host, UNKNOWN);
  }

  /** As the hop is told: the name if one was given. Nothing is looked up. */
  static Endpoint endpoint(InetSocketAddress address) throws SocketException {
    try {
      return new Endpoint(address.getHostString(), address.getPort());
    } catch (IllegalArgumentException e) {
      throw Failures.exception(String.valueOf(e.getMessage()), e);
    }
  }
}

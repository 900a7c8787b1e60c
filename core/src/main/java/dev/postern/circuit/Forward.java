package dev.postern.circuit;

import dev.postern.route.ForwardSpec;
import java.net.InetSocketAddress;
import org.apiguardian.api.API;

/**
 * A listener on this machine, tied to a circuit: it ends with it. Each connection is a {@code
 * direct-tcpip} channel (RFC 4254 section 7.2); an end of file passes both ways. Safe for use by
 * several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface Forward extends AutoCloseable {
  /** What it does, as it was asked for. */
  ForwardSpec spec();

  /** The address it listens on, with the port that was chosen if 0 was asked for. */
  InetSocketAddress localAddress();

  /** Stops listening and closes its connections. */
  @Override
  void close();
}

package dev.postern.circuit;

import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import org.apiguardian.api.API;

/**
 * A listener whose connections go through a circuit. An end of file passes both ways, and the
 * slower side sets the pace. Safe for use by several threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface Forward extends AutoCloseable {
  /** What it does, as it was asked for. */
  ForwardSpec spec();

  /**
   * Where it listens, with the port that was chosen if 0 was asked for: on this machine, or for
   * {@link dev.postern.route.ForwardType#REMOTE} at the last hop.
   */
  ForwardAddress address();

  /**
   * The port of {@link #address}.
   *
   * @throws IllegalStateException if it listens on a Unix socket
   */
  default int port() {
    if (address() instanceof ForwardAddress.Tcp tcp) {
      return tcp.port();
    }
    throw new IllegalStateException("the forward listens on " + address() + ", which has no port");
  }

  /** What it is at. */
  ForwardState state();

  /** What went through it so far. */
  ForwardCounts counts();

  /** Stops listening, removes its Unix socket, and closes its connections. */
  @Override
  void close();
}

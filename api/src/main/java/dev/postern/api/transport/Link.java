package dev.postern.api.transport;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Endpoint;
import java.nio.channels.AsynchronousByteChannel;
import org.apiguardian.api.API;

/**
 * The byte stream to an endpoint: an address to dial, a channel that a plugin made, or core's own
 * through a hop.
 */
@API(status = API.Status.STABLE, since = "1.0")
public sealed interface Link {
  /** Core dials the endpoint from this machine, trying all its addresses. */
  static Link dial(Endpoint endpoint) {
    return new Dial(endpoint);
  }

  /** Core runs the SSH connection over this channel, and closes it. */
  static Link over(AsynchronousByteChannel channel) {
    return new Stream(channel);
  }

  /**
   * An address for core to dial.
   *
   * @param endpoint where to
   */
  record Dial(Endpoint endpoint) implements Link {
    /** Checks the value. */
    public Dial {
      requireNonNull(endpoint, "endpoint is null");
    }
  }

  /**
   * A channel that a plugin made.
   *
   * @param channel open, with nothing read or written yet
   */
  record Stream(AsynchronousByteChannel channel) implements Link {
    /** Checks the value. */
    public Stream {
      requireNonNull(channel, "channel is null");
    }
  }

  /**
   * A link that a hop hands out. Only core implements it, and only core knows what is behind it.
   */
  non-sealed interface ThroughHop extends Link {}
}

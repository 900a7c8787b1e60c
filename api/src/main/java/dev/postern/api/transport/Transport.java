package dev.postern.api.transport;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Reaches endpoints, for one opening of one hop. Closed when the hop is. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Transport extends AutoCloseable {
  /**
   * Gives the byte stream to an endpoint, or says how core gets it. May block; called off the I/O
   * threads.
   *
   * @param endpoint where to
   * @param previous the hop before this one, null for the first
   * @return the link, which core connects, owns and closes
   * @throws IOException if the endpoint cannot be reached; the message is shown to the user
   * @throws dev.postern.api.config.MisconfiguredException if this transport cannot stand in this
   *     place of a route
   * @throws InterruptedException if the opening was cancelled, or took longer than {@code
   *     connect-timeout}; the message, if there is one, says what was waited for
   */
  Link open(Endpoint endpoint, @Nullable PreviousHop previous)
      throws IOException, InterruptedException;

  /** Releases what the transport holds. Called once, when the hop is closed or was never opened. */
  @Override
  default void close() {}
}

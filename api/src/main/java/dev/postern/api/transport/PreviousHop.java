package dev.postern.api.transport;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import org.apiguardian.api.API;

/** The hop before, as a transport sees it. */
@API(status = API.Status.STABLE, since = "1.0")
public interface PreviousHop {
  /** Its facts. */
  HopInfo info();

  /**
   * A link that goes through this hop as a {@code direct-tcpip} channel (RFC 4254 section 7.2). The
   * name is resolved by this hop. The channel is opened when core connects the link, without a
   * local socket.
   */
  Link openTcp(Endpoint endpoint);

  /**
   * Opens a byte channel through this hop, for a transport that must speak to something, a proxy,
   * before SSH. It is a {@code direct-tcpip} channel like that of {@link #openTcp}: the name is
   * resolved by this hop, and there is no local socket. May block; called from {@link
   * Transport#open}.
   *
   * <p>Whoever opens the channel closes it, until it is handed over with {@link Link#over}. It ends
   * with this hop.
   *
   * @throws IOException if this hop cannot reach the endpoint, or forbids it; the message says
   *     which hop, and what it said
   * @throws InterruptedException if the opening was cancelled, or took too long
   */
  AsynchronousByteChannel openChannel(Endpoint endpoint) throws IOException, InterruptedException;
}

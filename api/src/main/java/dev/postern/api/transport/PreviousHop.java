package dev.postern.api.transport;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
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
}

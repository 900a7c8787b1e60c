package dev.postern.route;

import org.apiguardian.api.API;

/** Which side of a circuit listens, and whether it is told for each connection where that goes. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public enum ForwardType {
  /** This machine listens, and connections go out at the last hop ({@code ssh -L}). */
  LOCAL,
  /** The last hop listens, and connections go out from this machine ({@code ssh -R}). */
  REMOTE,
  /** This machine listens as a SOCKS server, and connections go out at the last hop (-D). */
  DYNAMIC
}

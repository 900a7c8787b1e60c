package dev.postern.testkit.server;

import org.apiguardian.api.API;

/** The moments at which a server can be told to hang up, in order. */
@API(status = API.Status.MAINTAINED, since = "1.0")
public enum ServerMoment {
  /** The client has connected; the server has said nothing yet. */
  CONNECTED,
  /** Both have sent their identification (RFC 4253 section 4.2). */
  IDENTIFIED,
  /** The algorithms are agreed, the keys are not yet. */
  KEY_EXCHANGE,
  /** The host key was shown, nobody has signed in. */
  KEYS_AGREED,
  /** The client was let in. */
  SIGNED_IN,
  /** A command has run; its exit code is never sent. */
  COMMAND
}

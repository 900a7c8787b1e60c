package dev.postern.circuit;

import org.apiguardian.api.API;

/** What a forward is at. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public enum ForwardState {
  /** Not listening yet. */
  OPENING,
  /** It listens, and its connections go through. */
  UP,
  /** It listens, but its circuit is lost and is being opened anew; connections wait. */
  RECONNECTING,
  /** It has ended because its circuit could not be opened anew. */
  FAILED,
  /** It has ended because it, or its circuit, was closed. */
  CLOSED
}

package dev.postern.core.circuit;

import dev.postern.api.hop.Endpoint;

/**
 * What will be opened on a hop as soon as it has let us in. Said beforehand, so that it can be
 * asked for in the same breath.
 */
public sealed interface Ahead {
  /** Nothing that is known. */
  record Nothing() implements Ahead {}

  /** A connection to the next hop. */
  record NextHop(Endpoint endpoint) implements Ahead {}

  /** A session (RFC 4254 section 6), to run something or copy. */
  record Session() implements Ahead {}
}

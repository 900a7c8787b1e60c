package dev.postern.core.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.PreviousHop;

/** A hop that has let us in. */
record OpenHop(HopInfo info, HopSession session) implements PreviousHop {
  @Override
  public Link openTcp(Endpoint endpoint) {
    return session.link(endpoint);
  }
}

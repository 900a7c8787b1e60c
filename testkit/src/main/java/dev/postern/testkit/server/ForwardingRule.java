package dev.postern.testkit.server;

import dev.postern.api.hop.Endpoint;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.StaticDecisionForwardingFilter;

/** Allows all forwarding or none, and writes down where to. */
final class ForwardingRule extends StaticDecisionForwardingFilter {
  private final ServerLog seen;

  ForwardingRule(boolean allowed, ServerLog seen) {
    super(allowed);
    this.seen = seen;
  }

  @Override
  public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
    seen.forwards.add(new Endpoint(address.getHostName(), address.getPort()));
    return super.canConnect(type, address, session);
  }
}

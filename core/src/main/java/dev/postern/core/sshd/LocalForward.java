package dev.postern.core.sshd;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * A local listener whose connections become {@code direct-tcpip} channels. MINA's forwarder moves
 * the bytes: it passes half-closes on and holds back what is not consumed.
 */
final class LocalForward implements Forward {
  private final ExplicitPortForwardingTracker tracker;
  private final InetSocketAddress address;

  private LocalForward(ExplicitPortForwardingTracker tracker) {
    this.tracker = tracker;
    this.address = tracker.getBoundAddress().toInetSocketAddress();
  }

  static LocalForward open(PosternSession session, ForwardSpec spec) throws HopFailure {
    String host = spec.bindHost().equals("*") ? "0.0.0.0" : spec.bindHost();
    try {
      return new LocalForward(
          session.createLocalPortForwardingTracker(
              new SshdSocketAddress(host, spec.bindPort()),
              new SshdSocketAddress(spec.target().host(), spec.target().port())));
    } catch (IOException | RuntimeException e) {
      throw new HopFailure(
          Code.FORWARD_BIND_FAILED,
          Phase.CHANNEL,
          "cannot listen on %s:%d: %s; choose another port, or 0 for any free one"
              .formatted(spec.bindHost(), spec.bindPort(), SessionTrouble.describe(e)),
          e);
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public void close() {
    try {
      tracker.close();
    } catch (IOException e) {
      // The session is gone, and the listener with it.
    }
  }
}

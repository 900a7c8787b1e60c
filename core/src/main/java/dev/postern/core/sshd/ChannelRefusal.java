package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/**
 * Says which hop refused a {@code direct-tcpip} channel, and what it said (RFC 4254 section 5.1).
 */
final class ChannelRefusal {
  private ChannelRefusal() {}

  static HopFailure explain(HopInfo hop, Endpoint target, @Nullable Throwable failure) {
    if (!(failure instanceof SshChannelOpenException refused)) {
      return new HopFailure(
          Code.LINK_LOST,
          Phase.CONNECT,
          "%s was lost while it opened the way to %s".formatted(hop, target),
          failure);
    }
    String said = Sanitiser.line(String.valueOf(refused.getMessage()));
    if (refused.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED) {
      return new HopFailure(
          Code.FORWARDING_PROHIBITED,
          Phase.CONNECT,
          "%s forbids forwarding to %s (it said: \"%s\"); allow it there (AllowTcpForwarding, PermitOpen), or go through another hop"
              .formatted(hop, target, said),
          failure);
    }
    return new HopFailure(
        Code.HOP_CANNOT_REACH,
        Phase.CONNECT,
        "%s cannot reach %s (it said: \"%s\"); the name is resolved there, and the port must answer from there"
            .formatted(hop, target, said),
        failure);
  }
}

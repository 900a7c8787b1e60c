package dev.postern.core.sshd;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/** Says who refused a channel, and what was said (RFC 4254 sections 5.1 and 6.5). */
final class ChannelRefusal {
  private ChannelRefusal() {}

  static HopFailure explain(HopInfo hop, Object target, @Nullable Throwable failure) {
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

  /** Why a command or shell did not start. */
  static HopFailure ofProcess(Code code, String what, Throwable failure) {
    return new HopFailure(code, Phase.CHANNEL, whyNot(what, failure), failure);
  }

  private static String whyNot(String what, Throwable failure) {
    if (failure instanceof SshChannelOpenException refused) {
      return "the server opened no session for %s (it said: \"%s\"); it may allow none, or no more at a time (MaxSessions)"
          .formatted(what, Sanitiser.line(String.valueOf(refused.getMessage())));
    }
    if (failure instanceof RequestRefusedException refused) {
      return refused.request().equals("pty-req")
          ? "the server refused a terminal for %s (pty-req); allow it there (PermitTTY), or run a command without one"
              .formatted(what)
          : "the server refused %s (%s); it may allow only something else (ForceCommand, a restricted account)"
              .formatted(what, refused.request());
    }
    return "the server closed the channel before it had answered whether it runs %s"
        .formatted(what);
  }
}

package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.session.ConnectionService;

/** A link through a hop that is open. */
record HopLink(PosternSession session, HopInfo hop, Endpoint target) implements Link.ThroughHop {
  /** Opens the channel that will carry the next session. Cancelling closes it. */
  CompletableFuture<Carrier> open() {
    CompletableFuture<Carrier> early = session.attempt().earlyChannel().takeHop(target);
    return early == null ? open(new HopChannel(session, target)) : early;
  }

  /** Opens a channel to the target. */
  CompletableFuture<Carrier> open(HopChannel channel) {
    CompletableFuture<Carrier> result = new CompletableFuture<>();
    try {
      session.getService(ConnectionService.class).registerChannel(channel);
      OpenFuture opening = channel.open();
      opening.addListener(
          opened -> {
            if (!opened.isOpened()) {
              result.completeExceptionally(
                  ChannelRefusal.explain(hop, target, opened.getException()));
            } else if (!result.complete(channel)) {
              channel.close();
            }
          });
      result.whenComplete(
          (carrier, failure) -> {
            if (failure != null) {
              // Not at once: a channel that is confirmed only later must be closed over there too.
              channel.close();
            }
          });
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(
          new HopFailure(Code.LINK_LOST, Phase.CONNECT, "%s is no longer open".formatted(hop), e));
    }
    return result;
  }
}

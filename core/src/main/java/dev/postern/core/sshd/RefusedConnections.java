package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down why connections to a forward came to nothing: their client learns only that they were
 * closed. A client that tries again and again must not fill the record, so each forward has its
 * share of it.
 */
record RefusedConnections(InetSocketAddress listener, TrailRecorder trail, AtomicInteger count) {
  private static final int LIMIT = 20;
  private static final Set<Code> REFUSALS =
      Set.of(Code.HOP_CANNOT_REACH, Code.FORWARDING_PROHIBITED);

  RefusedConnections(InetSocketAddress listener, TrailRecorder trail) {
    this(listener, trail, new AtomicInteger());
  }

  /** Takes the outcome of an opening; only what the far end refused is of interest. */
  void note(@Nullable Throwable outcome) {
    if (!(outcome instanceof HopFailure failure) || !REFUSALS.contains(failure.code())) {
      return;
    }
    int number = count.incrementAndGet();
    if (number > LIMIT) {
      return;
    }
    trail.record(
        Phase.CHANNEL,
        "a connection to the forward on %s:%d was refused: %s [%s]%s"
            .formatted(
                listener.getAddress().getHostAddress(),
                listener.getPort(),
                failure.sentence(),
                Code.FORWARD_REFUSED,
                number == LIMIT ? "; more refusals of this forward are not recorded" : ""));
  }
}

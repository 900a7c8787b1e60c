package dev.postern.core.fleet;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why an opening failed, and whether another one may do better. */
final class Reasons {
  private Reasons() {}

  static CircuitException of(Member member, @Nullable Throwable failure) {
    Throwable inner = requireNonNull(unwrapped(failure));
    if (inner instanceof CircuitException known) {
      return known;
    }
    return member.failure(
        new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled", inner));
  }

  /**
   * Dropped before a word was said (MaxStartups): nothing was tried that could be held against us.
   */
  static boolean isDropped(CircuitException why) {
    return why.code() == Code.CLOSED_IN_HANDSHAKE && why.phase() != Phase.AUTH;
  }

  /** The hops on the way were lost just now: they are opened anew, or found to be gone for good. */
  static boolean isWayGone(Member member, CircuitException why) {
    return why.code() == Code.LINK_LOST && why.phase() == Phase.CONNECT && isOwn(member, why);
  }

  /** Whether it happened at the target, and not on the way to it. */
  static boolean isOwn(Member member, CircuitException why) {
    return why.hop().filter(member.hop()::equals).isPresent();
  }

  /** Whether it says that the way to the target was there. */
  static boolean isOfTarget(Member member, CircuitException why) {
    return isOwn(member, why) && !isDropped(why) && !isWayGone(member, why);
  }

  static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

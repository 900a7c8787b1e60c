package dev.postern.core.forward;

import dev.postern.core.hop.HopFailure;
import dev.postern.route.ForwardAddress;
import java.time.Duration;
import java.util.Optional;

/** Is told of one forward and its connections, on whatever thread it happens. Must not block. */
@FunctionalInterface
public interface ForwardLog {
  /** A connection came to nothing: in a sentence, for so many of them and no more. */
  void refused(String sentence);

  /** It listens. */
  default void opened(ForwardAddress listening) {}

  /** It listens no more. */
  default void closed(ForwardAddress listening) {}

  /** A connection has ended, or could not be made. */
  default void ended(ForwardAddress listening, Passed passed) {}

  /**
   * What a connection was.
   *
   * @param sent bytes from its client to the target
   * @param received bytes from the target to its client
   * @param took from its arrival on
   * @param failure why the target was not reached; empty if it was
   */
  record Passed(long sent, long received, Duration took, Optional<HopFailure> failure) {}
}

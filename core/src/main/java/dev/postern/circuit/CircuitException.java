package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import dev.postern.problem.Code;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A circuit could not be opened, or what was asked of it failed. The message is one sentence for a
 * person: hop, phase, what was seen and what to do. It carries no secret, and no text of a server
 * that was not sanitised.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class CircuitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final Phase phase;
  private final transient @Nullable HopInfo hop;
  private final transient Trail trail;

  /**
   * A failure on a hop, or on none if the hop is null. The sentence comes without the hop and the
   * phase.
   */
  public CircuitException(
      Code code,
      Phase phase,
      @Nullable HopInfo hop,
      String sentence,
      Trail trail,
      @Nullable Throwable cause) {
    super((hop == null ? "" : hop + " ") + phase + ": " + sentence + " [" + code + "]", cause);
    this.code = requireNonNull(code, "code is null");
    this.phase = requireNonNull(phase, "phase is null");
    this.hop = hop;
    this.trail = requireNonNull(trail, "trail is null");
  }

  /** The stable code. */
  public Code code() {
    return code;
  }

  /** The phase that failed. */
  public Phase phase() {
    return phase;
  }

  /** The hop that failed, empty if it was none in particular. */
  public Optional<HopInfo> hop() {
    return Optional.ofNullable(hop);
  }

  /** What happened up to the failure, on all hops. */
  public Trail trail() {
    return trail;
  }
}

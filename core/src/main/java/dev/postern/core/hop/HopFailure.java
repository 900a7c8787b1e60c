package dev.postern.core.hop;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Phase;
import dev.postern.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * A hop failed. Rooms throw it; {@code circuit} adds hop and trail and hands out a {@link
 * dev.postern.circuit.CircuitException}.
 */
public final class HopFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final Phase phase;

  /** A failure with its sentence, which names neither hop nor phase nor code. */
  public HopFailure(Code code, Phase phase, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = requireNonNull(code, "code is null");
    this.phase = requireNonNull(phase, "phase is null");
  }

  /** A failure without a cause. */
  public HopFailure(Code code, Phase phase, String sentence) {
    this(code, phase, sentence, null);
  }

  public Code code() {
    return code;
  }

  public Phase phase() {
    return phase;
  }

  /** The sentence. */
  public String sentence() {
    return requireNonNull(getMessage());
  }
}

package dev.postern.event;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Phase;
import dev.postern.problem.Code;
import org.apiguardian.api.API;

/**
 * Why something failed.
 *
 * @param code the stable code
 * @param phase what was under way
 * @param sentence for a person; names neither hop nor code, carries no secret, and what a server
 *     said in it is sanitised
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record Reason(Code code, Phase phase, String sentence) {
  /** Checks the values. */
  public Reason {
    requireNonNull(code, "code is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(sentence, "sentence is null");
  }

  /** {@code connect: no answer from db:22 within 15 s [PST-T003]}. */
  @Override
  public String toString() {
    return phase + ": " + sentence + " [" + code + "]";
  }
}

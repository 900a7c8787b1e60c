package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;

import dev.postern.api.secret.SecretException;
import dev.postern.circuit.CircuitException;
import dev.postern.core.config.Reconnect;
import dev.postern.core.secret.UnansweredException;
import dev.postern.core.secret.UnsafeSecretFileException;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Whether trying again can help, and the failure to end with if it cannot. */
final class Verdict {
  /** Refusals, host keys, configuration, plugins, secrets: they stay as they are. */
  private static final Set<Character> LASTING_AREAS = Set.of('A', 'H', 'C', 'P', 'S');

  private static final int AREA = "PST-".length();

  private Verdict() {}

  static boolean isLasting(CircuitException failure) {
    return LASTING_AREAS.contains(failure.code().id().charAt(AREA)) && !isPassing(failure);
  }

  /** Nothing was refused: somebody was slow, or a source that gave its secret once did not now. */
  private static boolean isPassing(CircuitException failure) {
    if (failure.code() == Code.AUTH_TIMEOUT) {
      return true;
    }
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    return causes.stream().anyMatch(SecretException.class::isInstance)
        && causes.stream().noneMatch(Verdict::isForAPerson);
  }

  private static boolean isForAPerson(Throwable cause) {
    return cause instanceof UnansweredException || cause instanceof UnsafeSecretFileException;
  }

  /** It was lost so soon after it first came up that the network is not to blame. */
  static CircuitException tooEarly(CircuitException failure, Duration up, Reconnect policy) {
    return about(
        failure,
        Code.SUPERVISION_EARLY_END,
        "the circuit was lost %ds after it first came up, within the gate time of %ds, so it is not opened anew (reconnect.gate-time = 0s does without a gate): "
            .formatted(up.toSeconds(), policy.gateTime().toSeconds()));
  }

  static CircuitException gaveUp(CircuitException failure, int attempts) {
    return about(
        failure,
        Code.SUPERVISION_GAVE_UP,
        "gave up after %d attempt%s in a row (reconnect.attempts), the last of which failed: "
            .formatted(attempts, attempts == 1 ? "" : "s"));
  }

  private static CircuitException about(CircuitException failure, Code code, String beginning) {
    String message = requireNonNull(failure.getMessage());
    String prefix =
        failure.hop().map(hop -> hop + " ").orElse("") + failure.phase().toString() + ": ";
    String sentence = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return new CircuitException(
        code,
        failure.phase(),
        failure.hop().orElse(null),
        beginning + sentence,
        failure.trail(),
        failure);
  }
}

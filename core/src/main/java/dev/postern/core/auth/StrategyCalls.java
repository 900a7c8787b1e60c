package dev.postern.core.auth;

import dev.postern.api.auth.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.secret.UnsafeSecretFileException;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Calls the strategies of a plan. <em>Broken</em> stops the hop: it must never look like <em>not
 * mine</em>.
 */
final class StrategyCalls {
  /** Read by the deadline's thread while a strategy keeps this one waiting. */
  private volatile @Nullable String running;

  /** {@code "waiting for the strategy 'totp' to answer 'Code:'"}, null if no call is under way. */
  @Nullable String running() {
    return running;
  }

  /**
   * A call that gives a reply; an {@link Reply.Abort} stops the hop too.
   *
   * @param what what the strategy is to do: {@code "to give a password"}
   */
  Reply reply(NamedStrategy strategy, String what, Call<@Nullable Reply> call)
      throws HopFailure, InterruptedException {
    Reply reply = run(strategy, what, call);
    if (reply == null) {
      throw broken(strategy, "it returned null", null);
    }
    if (reply instanceof Reply.Answer answer && isWiped(answer.value())) {
      throw broken(strategy, "it answered with a value that was wiped already", null);
    }
    if (reply instanceof Reply.Abort abort) {
      throw new HopFailure(
          Code.AUTH_ABORTED,
          Phase.AUTH,
          "the strategy '%s' stopped: %s".formatted(strategy, Sanitiser.line(abort.reason())));
    }
    return reply;
  }

  private static boolean isWiped(SecretValue value) {
    try {
      Arrays.fill(value.chars(), '\0');
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Any call of a strategy. */
  <T extends @Nullable Object> T run(NamedStrategy strategy, String what, Call<T> call)
      throws HopFailure, InterruptedException {
    running = "waiting for the strategy '%s' %s".formatted(strategy, what);
    try {
      return call.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw failure(strategy, e);
    } finally {
      running = null;
    }
  }

  /** What it means that something of a strategy threw this. */
  static HopFailure failure(NamedStrategy strategy, Throwable thrown) {
    if (thrown instanceof SecretException) {
      return new HopFailure(
          thrown.getCause() instanceof UnsafeSecretFileException
              ? Code.SECRET_UNSAFE_FILE
              : Code.SECRET_UNAVAILABLE,
          Phase.AUTH,
          "a secret of '%s' is not to be had: %s".formatted(strategy, text(thrown)),
          thrown);
    }
    if (thrown instanceof MisconfiguredException) {
      return new HopFailure(
          Code.AUTH_STRATEGY_MISCONFIGURED,
          Phase.AUTH,
          "the strategy '%s' cannot be used: %s".formatted(strategy, text(thrown)),
          thrown);
    }
    return broken(strategy, "it failed with " + Sanitiser.line(thrown.toString()), thrown);
  }

  private static HopFailure broken(NamedStrategy strategy, String how, @Nullable Throwable cause) {
    return new HopFailure(
        Code.AUTH_STRATEGY_BROKEN,
        Phase.AUTH,
        "the strategy '%s'%s is broken: %s; no other strategy was tried in its place"
            .formatted(strategy, strategy.origin(), how),
        cause);
  }

  private static String text(Throwable failure) {
    return Sanitiser.line(String.valueOf(failure.getMessage()));
  }

  /** One call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws Exception;
  }
}

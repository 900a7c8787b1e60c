package dev.postern.core.auth;

import dev.postern.api.auth.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.SecretException;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.secret.UnsafeSecretFileException;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import org.jspecify.annotations.Nullable;

/** Calls strategies. <em>Broken</em> stops the hop: it must never look like <em>not mine</em>. */
final class StrategyCalls {
  private StrategyCalls() {}

  /** A call that gives a reply; an {@link Reply.Abort} stops the hop too. */
  static Reply reply(NamedStrategy strategy, Call<@Nullable Reply> call)
      throws HopFailure, InterruptedException {
    Reply reply = run(strategy, call);
    if (reply == null) {
      throw broken(strategy, "it returned null", null);
    }
    if (reply instanceof Reply.Abort abort) {
      throw new HopFailure(
          Code.AUTH_ABORTED,
          Phase.AUTH,
          "the strategy '%s' stopped: %s".formatted(strategy, Sanitiser.line(abort.reason())));
    }
    return reply;
  }

  /** Any call of a strategy. */
  static <T extends @Nullable Object> T run(NamedStrategy strategy, Call<T> call)
      throws HopFailure, InterruptedException {
    try {
      return call.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (SecretException e) {
      throw new HopFailure(
          e.getCause() instanceof UnsafeSecretFileException
              ? Code.SECRET_UNSAFE_FILE
              : Code.SECRET_UNAVAILABLE,
          Phase.AUTH,
          "a secret of '%s' is not to be had: %s".formatted(strategy, text(e)),
          e);
    } catch (MisconfiguredException e) {
      throw new HopFailure(
          Code.AUTH_STRATEGY_MISCONFIGURED,
          Phase.AUTH,
          "the strategy '%s' cannot be used: %s".formatted(strategy, text(e)),
          e);
    } catch (Exception | LinkageError e) {
      throw broken(strategy, "it failed with " + Sanitiser.line(e.toString()), e);
    }
  }

  private static HopFailure broken(NamedStrategy strategy, String how, @Nullable Throwable cause) {
    return new HopFailure(
        Code.AUTH_STRATEGY_BROKEN,
        Phase.AUTH,
        "the strategy '%s'%s is broken: %s; no other strategy was tried in its place"
            .formatted(strategy, strategy.origin(), how),
        cause);
  }

  private static String text(Exception failure) {
    return Sanitiser.line(String.valueOf(failure.getMessage()));
  }

  /** One call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws Exception;
  }
}

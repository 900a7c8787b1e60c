package dev.postern.core.forward;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.socks.SocksFailure;
import dev.postern.problem.Code;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/** Puts why a target was not reached into the few words that SOCKS has. */
final class SocksFailures {
  private SocksFailures() {}

  static SocksFailure reasonOf(Throwable failure) {
    Throwable inner =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(inner instanceof HopFailure known)) {
      return SocksFailure.GENERAL;
    }
    if (known.code() == Code.FORWARDING_PROHIBITED) {
      return SocksFailure.NOT_ALLOWED;
    }
    if (known.code() != Code.HOP_CANNOT_REACH && known.code() != Code.FORWARD_NO_TARGET) {
      return SocksFailure.GENERAL;
    }
    Throwable cause = known.getCause();
    String said =
        String.valueOf(cause == null ? null : cause.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("refused")) {
      return SocksFailure.REFUSED;
    }
    return said.contains("network is unreachable")
        ? SocksFailure.NETWORK_UNREACHABLE
        : SocksFailure.HOST_UNREACHABLE;
  }
}

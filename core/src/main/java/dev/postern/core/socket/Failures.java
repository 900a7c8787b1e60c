package dev.postern.core.socket;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** Failures in the types that users of sockets know. */
final class Failures {
  private Failures() {}

  static SocketException exception(String message, Throwable cause) {
    SocketException exception = new SocketException(message);
    exception.initCause(cause);
    return exception;
  }

  static SocketException closed() {
    return new SocketException("Socket closed");
  }

  static SocketException interrupted(Throwable cause) {
    return exception("Closed by interrupt", cause);
  }

  static SocketTimeoutException late(Endpoint endpoint, int timeout) {
    return new SocketTimeoutException(
        "no connection to %s within %d ms (connect timed out)".formatted(endpoint, timeout));
  }

  /** Only what the hop could not reach counts as refused: users try another address then. */
  static IOException ofConnecting(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof CircuitException failure && failure.code() == Code.HOP_CANNOT_REACH) {
      IOException refused = new ConnectException(message);
      refused.initCause(cause);
      return refused;
    }
    return exception(message, cause);
  }
}

package dev.postern.testkit.server;

import org.apiguardian.api.API;

/**
 * One attempt to sign in, as the server judged it. It holds no secret.
 *
 * @param method as named on the wire
 * @param user who wanted in
 * @param outcome the verdict
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record Attempt(String method, String user, Outcome outcome) {
  /** The verdict. */
  public enum Outcome {
    /** Let in. */
    ACCEPTED,
    /** Right, and more is wanted (RFC 4252 section 5.1). */
    PARTIAL,
    /** Wrong, or out of order. */
    REFUSED
  }

  /** {@code password of alice: REFUSED}. */
  @Override
  public String toString() {
    return method + " of " + user + ": " + outcome;
  }
}

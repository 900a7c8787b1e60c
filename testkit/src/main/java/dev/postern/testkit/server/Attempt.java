package dev.postern.testkit.server;

/**
 * One attempt to sign in, as the server judged it. It holds no secret.
 *
 * @param method as named on the wire
 * @param user who wanted in
 * @param outcome the verdict
 */
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

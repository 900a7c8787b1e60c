package dev.postern.api.secret;

import org.apiguardian.api.API;

/**
 * A place that a secret comes from, read only when the secret is needed. As a component of a
 * configuration record it is written in HOCON as a plain string, as <code>{ env = NAME }</code>, or
 * as any other installed source.
 *
 * <p>Its {@code toString} must not show the secret. Implementations must be safe for use by several
 * threads.
 */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "1.0")
public interface Secret {
  /**
   * Reads the secret. May block: on a person, a command, a vault. Called off the I/O threads.
   *
   * @return a value that the caller owns and closes
   * @throws SecretException if there is no secret to be had; the message says which source and why,
   *     never the secret
   */
  SecretValue read() throws SecretException;

  /**
   * Whether {@link #read} answers at once and by itself: nobody is asked, nothing is run, nothing
   * is fetched. False unless said.
   */
  default boolean isAtHand() {
    return false;
  }

  /** A secret that is known already. The caller may close its own value afterwards. */
  static Secret of(SecretValue value) {
    return new KnownSecret(value.copy());
  }

  /** A secret that stands in the configuration or in code as plain text. */
  static Secret of(CharSequence text) {
    return new KnownSecret(SecretValue.of(text));
  }
}

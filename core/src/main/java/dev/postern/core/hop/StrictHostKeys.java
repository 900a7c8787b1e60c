package dev.postern.core.hop;

/**
 * What to do with a host key that no known_hosts file has. A changed or revoked key is always
 * refused.
 */
public enum StrictHostKeys {
  /** Refuse it. */
  YES,
  /** Add it to the first file, and go on. */
  ACCEPT_NEW,
  /** Ask the person, then add it. */
  ASK
}
